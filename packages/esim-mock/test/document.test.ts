import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { fileForTest, mockForTest } from "./mock-for-test.ts";

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

test("files answer HEAD with their length, and nothing else than GET and HEAD", async () => {
  const { url } = await mockForTest();
  for (const path of ["/openapi.json", "/docs", "/docs/scalar.js", "/_mock/ui"]) {
    const [get, head] = [await fetch(url + path), await fetch(url + path, { method: "HEAD" })];
    expect(head.headers.get("content-length")).toBe(String((await get.arrayBuffer()).byteLength));
    expect((await fetch(url + path, { method: "POST" })).status).toBeGreaterThanOrEqual(404);
  }
});

test("an error whose example speaks of another status is sent with its own", async () => {
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
  "the base path of a Swagger 2.0 document in %s may be there or not, whatever else it says of its server",
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
