import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { errorMessage, fileForTest, mockForTest, postJson } from "./mock-for-test.ts";

test("the document is served as YAML and as JSON, without keys", async () => {
  const { url } = await mockForTest();
  const yaml = await fetch(`${url}/openapi.yaml`);
  expect(yaml.headers.get("content-type")).toBe("application/yaml");
  const source = new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.yaml"));
  expect(await yaml.text()).toBe(await readFile(source, "utf8"));
  const json = await fetch(`${url}/openapi.json`);
  expect(json.headers.get("content-type")).toBe("application/json");
  expect(await json.json()).toMatchObject({ openapi: "3.1.0", paths: { "/packages": {} } });
});

test("another document is served in its own format", async () => {
  const text = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/x": { get: { responses: { 200: { description: "d" } } } } },
  });
  const { url } = await mockForTest({ spec: await fileForTest("other.json", text) });
  expect(await (await fetch(`${url}/openapi.json`)).json()).toEqual(JSON.parse(text));
  expect((await fetch(`${url}/openapi.yaml`)).status).toBe(404);
});

/** A document in several files, whose schemas refer to each other, to themselves and back. */
async function severalFiles(folder = "."): Promise<string> {
  const root = join(dirname(await fileForTest("root.yaml")), folder, "root.yaml");
  await mkdir(dirname(root), { recursive: true });
  await writeFile(
    root,
    `openapi: 3.1.0
info: { title: Things, version: "1" }
paths:
  /things: { $ref: "paths/things.yaml" }
components:
  schemas:
    Name: { type: string, minLength: 2 }
`,
  );
  const files = {
    "paths/things.yaml": `post:
  operationId: createThing
  requestBody: { required: true, content: { application/json: { schema: { $ref: ../schemas/thing.yaml } } } }
  responses: { 200: { description: d, content: { application/json: { example: { its: own } } } } }
`,
    "schemas/thing.yaml": `type: object
properties:
  name: { $ref: "../root.yaml#/components/schemas/Name" }
  parent: { $ref: thing.yaml }
`,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = join(dirname(root), name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return root;
}

test("a document in several files is served as a single self-contained one", async () => {
  const { url } = await mockForTest({ spec: await severalFiles() });
  const text = await (await fetch(`${url}/openapi.yaml`)).text();
  const references = [...text.matchAll(/\$ref:\s*(?:>-\s*)?["']?([^\s"']+)/g)].map(([, to]) => to);
  expect(references.length).toBeGreaterThan(1);
  expect(references.filter((to) => !to?.startsWith("#/"))).toEqual([]);
  const alone = await mockForTest({ spec: await fileForTest("alone.yaml", text) });
  for (const mock of [url, alone.url]) {
    expect(await (await postJson(`${mock}/things`, '{"name":"it"}')).json()).toEqual({ its: "own" });
    const wrong = await postJson(`${mock}/things`, '{"parent":{"parent":{"name":"x"}}}');
    expect([wrong.status, await errorMessage(wrong)]).toEqual([
      400,
      expect.stringContaining("parent.parent.name"),
    ]);
  }
});

test("a document is found whatever its folder is called, also from within that folder", async () => {
  const spec = await severalFiles("my #1 100% folder");
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(dirname(spec));
  onTestFinished(() => cwd.mockRestore());
  for (const each of [spec, "root.yaml"]) {
    const { url } = await mockForTest({ spec: each });
    expect(await (await postJson(`${url}/things`, '{"name":"it"}')).json()).toEqual({ its: "own" });
  }
});

test.each([
  ["is not there", (file: string) => rm(file), "which cannot be read: there is no such file"],
  ["does not parse", (file: string) => writeFile(file, "a: [\nb: }"), "is not valid YAML or JSON"],
])("a file that the document refers to and that %s is named", async (_, spoil, reason) => {
  const spec = await severalFiles();
  const file = join(dirname(spec), "schemas/thing.yaml");
  await spoil(file);
  const started = mockForTest({ spec });
  await expect(started).rejects.toMatchObject({ code: "DOCUMENT" });
  const { message } = (await started.catch((error) => error)) as Error;
  expect(message.slice(`Cannot use ${spec}: `.length)).toContain(file);
  expect(message).toContain(reason);
});

test("files answer HEAD with their length, and only GET and HEAD", async () => {
  const { url } = await mockForTest();
  for (const path of ["/openapi.json", "/docs", "/docs/scalar.js", "/_mock/ui"]) {
    const [get, head] = [await fetch(url + path), await fetch(url + path, { method: "HEAD" })];
    expect(head.headers.get("content-length")).toBe(String((await get.arrayBuffer()).byteLength));
    expect((await fetch(url + path, { method: "POST" })).status).toBeGreaterThanOrEqual(404);
  }
});

test("an error whose example names another status is sent with its own", async () => {
  const example = { message: "Not found", statusCode: 404 };
  const error = {
    description: "An error.",
    content: { "application/json": { schema: { type: "object", example } } },
  };
  const openapi = {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    paths: {
      "/things": {
        get: {
          operationId: "getThings",
          parameters: [{ name: "count", in: "query", schema: { type: "integer" } }],
          responses: { 200: { description: "Things." }, 400: error },
        },
      },
    },
  };
  const mock = await mockForTest({ spec: await fileForTest("things.json", JSON.stringify(openapi)) });
  const answer = await fetch(`${mock.url}/things?count=many`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({
    message: 'query parameter "count" must be integer',
    statusCode: 400,
  });
});

test.each([
  ["JSON", "s.json", (head: object, paths: object) => JSON.stringify({ ...head, paths })],
  [
    "YAML",
    "s.yaml",
    (head: object, paths: object) =>
      [...Object.entries(head), ["paths", paths]]
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
        .join("\n"),
  ],
])(
  "the base path of a Swagger 2.0 document in %s is optional, whatever else it says about its server",
  async (_, name, write) => {
    const paths = {
      "/things": { get: { operationId: "getThings", responses: { 200: { description: "Things." } } } },
    };
    for (const server of [{}, { host: "service.example" }, { host: "service.example", schemes: ["https"] }]) {
      const head = {
        swagger: "2.0",
        info: { title: "Things", version: "1" },
        ...server,
        basePath: "/api/v2/",
      };
      const mock = await mockForTest({ spec: await fileForTest(name, write(head, paths)) });
      for (const path of ["/things", "/api/v2/things"])
        expect((await fetch(mock.url + path)).status).toBe(200);
      expect((await fetch(`${mock.url}/api/things`)).status).toBe(404);
    }
  },
);
