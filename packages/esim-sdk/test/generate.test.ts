import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startHostileServer } from "@betatelltd/esim-testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

// A copy of this repository whose document also has a path with two parameters, a DELETE, another list and another tag.

const root = fileURLToPath(new URL("../../..", import.meta.url));
const run = promisify(execFile);
const ADDED = `
  /sims/{iccid}/inventories/{inventory_id}:
    parameters:
      - { name: iccid, in: path, required: true, description: The SIM., schema: { type: string, pattern: '^\\d{19,20}$' } }
      - { name: inventory_id, in: path, required: true, description: The inventory., schema: { type: integer } }
    get:
      operationId: getSimInInventory
      tags: [Inventory]
      summary: Get a SIM of an inventory
      responses:
        "200":
          description: The thing.
          content: { application/json: { schema: { $ref: "#/components/schemas/Toy" } } }
    delete:
      operationId: removeSimFromInventory
      tags: [Inventory]
      summary: Take a SIM out of an inventory
      responses:
        "204": { description: It is out. }
  /toys:
    get:
      operationId: getToys
      tags: [Toys]
      summary: List toys
      parameters:
        - { name: count, in: query, description: How many., schema: { type: integer, default: 100 } }
        - { name: offset, in: query, description: From where., schema: { type: integer, default: 0 } }
        - { name: colour, in: query, description: Of which colour., schema: { type: string } }
      responses:
        "200":
          description: Toys.
          content:
            application/json:
              schema:
                type: object
                required: [total, count, offset, toys]
                properties:
                  total: { type: integer }
                  count: { type: integer }
                  offset: { type: integer }
                  toys: { type: array, items: { $ref: "#/components/schemas/Toy" } }
`;
const SCHEMA = `
    Toy:
      type: object
      required: [id]
      properties:
        id: { type: string }
        colour: { type: string, enum: [RED, BLUE] }
`;
const PROGRAM = `
import { Configuration, createEsimClient, InventoryApi, type Toy, ToyColourEnum, ToysApi, type ToyFilter } from "@betatelltd/esim-sdk";
const keys = { apiKey: "some-key-1", userId: "some-user-1" };
const url = process.argv[2] as string;
const configuration = new Configuration({ ...keys, basePath: url });
const inventory = new InventoryApi(configuration);
const iccid = "8910300000045681955";
const one: Toy = (await inventory.getSimInInventory(iccid, 7)).data;
const removed: boolean = (await inventory.removeSimFromInventory(iccid, 7)).data;
const filter: ToyFilter = { colour: ToyColourEnum.Red };
const toys: Toy[] = [];
for await (const toy of new ToysApi(configuration).iterateToys(filter, { pageSize: 2 })) toys.push(toy);
const client = createEsimClient({ ...keys, baseUrl: url });
const path = { iccid, inventory_id: 7 };
const got = await client.GET("/sims/{iccid}/inventories/{inventory_id}", { params: { path } });
const deleted = await client.DELETE("/sims/{iccid}/inventories/{inventory_id}", { params: { path } });
const refused = await inventory.getSimInInventory(iccid, ".." as unknown as number).catch((error: Error) => error.message);
const lost = await inventory.getSimInInventory(Number(iccid) as unknown as string, 7).catch((error: Error) => error.message);
// @ts-expect-error the second parameter is missing
const short = () => inventory.getSimInInventory(iccid);
// @ts-expect-error this path has no such method
const wrong = () => client.POST("/sims/{iccid}/inventories/{inventory_id}", { params: { path } });
console.log(JSON.stringify({ one, removed, toys, got: got.data, deleted: deleted.response.status, refused, lost }));
`;

let copy: string;
let sdk: string;
beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), "esim-generate-"));
  sdk = join(copy, "packages/esim-sdk");
  const skipped = /(^|\/)(node_modules|dist|test|\.turbo)$/;
  for (const part of ["spec", "packages/esim-sdk"])
    cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => !skipped.test(path) });
  cpSync(join(root, "tsconfig.base.json"), join(copy, "tsconfig.base.json"));
  symlinkSync(join(root, "spec/node_modules"), join(copy, "spec/node_modules"));
  const modules = join(sdk, "node_modules");
  mkdirSync(join(modules, "@betatelltd"), { recursive: true });
  for (const name of readdirSync(join(root, "packages/esim-sdk/node_modules")))
    if (!name.startsWith(".") && name !== "@betatelltd")
      symlinkSync(join(root, "packages/esim-sdk/node_modules", name), join(modules, name));
  symlinkSync(join(copy, "spec"), join(modules, "@betatelltd/esim-openapi"));
  symlinkSync(sdk, join(modules, "@betatelltd/esim-sdk"));

  const document = join(copy, "spec/openapi.yaml");
  const text = readFileSync(document, "utf8");
  const edited = text.replace("\ncomponents:\n", () => `${ADDED}\ncomponents:\n  schemas:${SCHEMA}`);
  writeFileSync(document, edited);

  const node = (cwd: string, ...args: string[]) => run(process.execPath, args, { cwd });
  await node(
    join(copy, "spec"),
    "node_modules/@redocly/cli/bin/cli.js",
    "bundle",
    "openapi.yaml",
    "--output",
    "dist/openapi.json",
  );
  await node(sdk, "scripts/generate/main.ts");
  await node(sdk, "node_modules/tsdown/dist/run.mjs");
}, 120_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test("operations added to the document are in the client without any other edit", async () => {
  const asked: string[] = [];
  const rows = ["a", "b", "c"].map((id) => ({ id, colour: "RED" }));
  const server = await startHostileServer((response, { method, url = "" }) => {
    asked.push(`${method} ${url}`);
    if (method === "DELETE") return response.writeHead(204).end();
    if (!url.startsWith("/toys")) return response.end('{"id":"in"}');
    const offset = Number(new URL(url, "http://x").searchParams.get("offset"));
    const toys = rows.slice(offset, offset + 2);
    response.end(JSON.stringify({ total: rows.length, count: toys.length, offset, toys }));
  });
  onTestFinished(() => server.close());
  writeFileSync(join(sdk, "program.ts"), PROGRAM);
  const { stdout } = await run(process.execPath, ["program.ts", server.url], { cwd: sdk });
  expect(JSON.parse(stdout)).toEqual({
    one: { id: "in" },
    removed: true,
    toys: rows,
    got: { id: "in" },
    deleted: 204,
    refused: 'inventory_id must be a number or a non-empty string other than "." and "..", not this string',
    lost: "iccid must be a string of digits, not 8910300000045682000: a number of that length loses digits",
  });
  const place = "/sims/8910300000045681955/inventories/7";
  expect(asked).toEqual([
    `GET ${place}`,
    `DELETE ${place}`,
    "GET /toys?count=2&offset=0&colour=RED",
    "GET /toys?count=2&offset=1&colour=RED",
    `GET ${place}`,
    `DELETE ${place}`,
  ]);
});

test("its types compile, wrong calls do not, and no other source needs an edit", async () => {
  writeFileSync(join(sdk, "program.ts"), PROGRAM);
  writeFileSync(
    join(sdk, "tsconfig.json"),
    JSON.stringify({
      extends: "../../tsconfig.base.json",
      compilerOptions: { lib: ["es2023", "es2024.string", "dom", "dom.iterable"] },
      include: ["src", "program.ts"],
    }),
  );
  const tsc = join(sdk, "node_modules/typescript/bin/tsc");
  const { stdout } = await run(process.execPath, [tsc, "--noEmit"], { cwd: sdk }).catch((error) => error);
  expect(stdout).toBe("");
}, 60_000);
