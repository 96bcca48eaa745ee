import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { account, FREE_SIM } from "./account.ts";
import { checkedApi } from "./checked-api.ts";
import { operations } from "./documented-operations.ts";
import { errorMessage, fileForTest, keys, mockForTest } from "./mock-for-test.ts";

const ID_OF_MOST_CHARACTERS = "u".repeat(128);

const READS = [
  "/inventories",
  "/sim-registries",
  `/sim-registries/${FREE_SIM}`,
  "/package-templates",
  "/package-templates/21145354",
  `/sim-pcr-profiles/${FREE_SIM}`,
  `/euicc-profiles/${FREE_SIM}`,
  "/countries",
];

/** The number of rows in a table of a state file. */
function rowsIn(file: string, table: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = Number(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows);
  database.close();
  return rows;
}

test("a user who only reads sees a whole account, and nothing is stored for it", async () => {
  const state = await fileForTest("state.db");
  const { url } = await mockForTest({ stateful: true, state });
  const first = await account(url, "first").list("count=1000");
  const tables = ["account", "package", "template", "sim_change"];
  const before = tables.map((table) => rowsIn(state, table));
  for (let user = 0; user < 50; user += 1) {
    const { list, get, activate } = account(url, `reader-${user}`);
    expect((await list("count=1000")).body).toEqual(first.body);
    expect((await get("pkg_123456")).status).toBe(200);
    expect((await activate("pkg_1")).status).toBe(404);
  }
  const api = checkedApi(url, "reader");
  for (const path of READS) expect((await api.get(path)).status).toBe(200);
  expect((await api.put("/sim-pcr-profiles/8910300000000000000", {})).status).toBe(404);
  expect(tables.map((table) => rowsIn(state, table))).toEqual(before);
});

test("no user sees what another one writes, whether it has written before or not", async () => {
  const { url } = await mockForTest({ stateful: true });
  const [writer, reader] = [account(url, "writer"), account(url, "reader")];
  const before = await reader.list("count=1000");
  const { body } = await writer.create(FREE_SIM);
  expect(body.id).toBe("pkg_123516");
  expect((await writer.list()).body.total).toBe(61);
  expect((await reader.list("count=1000")).body).toEqual(before.body);
  expect((await reader.get(body.id)).status).toBe(404);
  expect((await reader.create(FREE_SIM)).body.id).toBe("pkg_123516");
});

test("an account stored after the clock was moved is like one stored before", async () => {
  const mock = await mockForTest({ stateful: true });
  const early = account(mock.url, "early");
  await early.create(FREE_SIM);
  await mock.clock.advance("30d");
  const late = account(mock.url, "late");
  await late.create("8910300000045682019");
  const [ofEarly, ofLate] = [await early.list("count=1000"), await late.list("count=1000")];
  const seeded = (packages: typeof ofEarly.body.packages) => packages.filter(({ id }) => id !== "pkg_123516");
  expect(seeded(ofLate.body.packages)).toEqual(seeded(ofEarly.body.packages));
});

test("a user ID has at most 128 characters", async () => {
  const { url } = await mockForTest({ stateful: true });
  expect((await account(url, ID_OF_MOST_CHARACTERS).create(FREE_SIM)).status).toBe(201);
  for (const length of [129, 14_000]) {
    const refused = await fetch(`${url}/packages`, { headers: { ...keys, "x-user-id": "u".repeat(length) } });
    expect(refused.status).toBe(400);
    expect(await errorMessage(refused)).toContain("at most 128");
  }
});

test.each(
  operations
    .filter(({ hasKeys }) => hasKeys)
    .map(({ operationId, path, request }) => ({ operationId, path, request })),
)("$operationId refuses a longer user ID too", async ({ path, request }) => {
  const { url } = await mockForTest({ stateful: true });
  const headers = { ...request.headers, "x-user-id": "u".repeat(129) };
  const refused = await fetch(url + path, { ...request, headers });
  // One without rules is named by a test of its own, and once is enough.
  if (refused.status === 501) return;
  expect(refused.status).toBe(400);
  expect(await errorMessage(refused)).toContain("at most 128");
});

test("a reset frees the file's space", async () => {
  const state = await fileForTest("state.db");
  const mock = await mockForTest({ stateful: true, state });
  await account(mock.url).list();
  await mock.reset();
  const small = statSync(state).size;
  for (let user = 0; user < 100; user += 1) await account(mock.url, `user-${user}`).create(FREE_SIM);
  await mock.reset();
  expect(statSync(state).size).toBeLessThanOrEqual(small);
});

test("an operation without a handler answers a 501 that names it, or an example on request", async () => {
  const content = { "application/json": { schema: { type: "object" }, example: { brand: "new" } } };
  const own = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: {
      "/news": { get: { operationId: "getNews", responses: { 200: { description: "d", content } } } },
    },
  });
  const { url } = await mockForTest({ stateful: true, spec: await fileForTest("other.json", own) });
  const refused = await fetch(`${url}/news`);
  expect(refused.status).toBe(501);
  expect(await errorMessage(refused)).toContain("getNews");
  for (const prefer of ["code=200", "dynamic=true"]) {
    expect((await fetch(`${url}/news`, { headers: { prefer } })).status).toBe(200);
  }
});
