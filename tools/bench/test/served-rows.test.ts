import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { headers } from "../src/clients/reader.ts";
import { type FixedServer, startFixedServer } from "../src/server-process.ts";

// Taken from the document by hand, not through what the server uses to find it.
const file = new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
const { schemas, examples } = JSON.parse(readFileSync(file, "utf8")).components;
const example: Row = examples.PackageActive.value;

interface Row {
  readonly id: string;
  readonly package_template: { readonly time_allowance: object };
}

const TOTAL = 250;
let server: FixedServer;
beforeAll(async () => {
  server = await startFixedServer(TOTAL);
});
afterAll(() => server.stop());

async function get(path: string, sent: Record<string, string> = headers) {
  const answer = await fetch(server.url + path, { headers: sent });
  return { status: answer.status, text: await answer.text() };
}

function expectWhole(row: Row): void {
  expect(Object.keys(row)).toEqual(Object.keys(example));
  expect(Object.keys(row).toSorted()).toEqual(Object.keys(schemas.Package.properties).toSorted());
  expect(Object.keys(row.package_template)).toEqual(Object.keys(example.package_template));
  expect(Object.keys(row.package_template)).toEqual(expect.arrayContaining(schemas.PackageTemplate.required));
  expect(row.package_template.time_allowance).toEqual(example.package_template.time_allowance);
  expect(row).toEqual({ ...example, id: row.id });
  const bytes = JSON.stringify(row).length;
  expect(bytes).toBeGreaterThan(700);
  expect(bytes).toBeLessThan(900);
}

test("every row of a list is a whole package, with its template", async () => {
  const ids: string[] = [];
  for (let offset = 0; offset < TOTAL; offset += 100) {
    const { status, text } = await get(`/packages?count=100&offset=${offset}`);
    const page = JSON.parse(text);
    const count = Math.min(100, TOTAL - offset);
    expect(status).toBe(200);
    expect(page).toMatchObject({ total: TOTAL, count, offset });
    expect(page.packages).toHaveLength(count);
    for (const row of page.packages) expectWhole(row);
    ids.push(...page.packages.map(({ id }: Row) => id));
  }
  expect(new Set(ids).size).toBe(TOTAL);
});

test("one package is the one that was asked for, and whole", async () => {
  for (const row of [0, 7, TOTAL - 1]) {
    const id = `pkg_${String(row).padStart(7, "0")}`;
    const { status, text } = await get(`/packages/${id}`);
    expect(status).toBe(200);
    expect(JSON.parse(text).id).toBe(id);
    expectWhole(JSON.parse(text));
  }
});

test("20 rows come without a count, and none from beyond the end", async () => {
  expect(JSON.parse((await get("/packages")).text).packages).toHaveLength(20);
  const beyond = await get(`/packages?offset=${TOTAL}`);
  expect(JSON.parse(beyond.text)).toEqual({ total: TOTAL, count: 0, offset: TOTAL, packages: [] });
});

test("what is not a read of a package, with keys, is no success", async () => {
  const refused = ["/", "/packages/pkg_0", `/packages/pkg_0000${TOTAL}`, "/packages/pkg_0000001/activate"];
  for (const path of refused) expect((await get(path)).status, path).toBe(404);
  expect((await get("/packages", {})).status).toBe(401);
});

test("it counts the answers with rows, and their bytes", async () => {
  await server.served();
  const { text: list } = await get("/packages?count=3&offset=5");
  const { text: one } = await get("/packages/pkg_0000001");
  await get("/packages/nothing");
  expect(await server.served()).toEqual({ answers: 2, bytes: list.length + one.length });
  expect(await server.served()).toEqual({ answers: 0, bytes: 0 });
});
