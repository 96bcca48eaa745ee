import { expect, test } from "vitest";
import { errorMessage, fileForTest, keys, mockForTest, postJson } from "./mock-for-test.ts";

const SIM = "8910300000045681955";

test.each([
  ["count=abc", ['query parameter "count" must be integer']],
  ["count=1.5", ['query parameter "count" must be integer']],
  ["count=1&count=2", ['query parameter "count" must be integer']],
  ["package_template=x", ['query parameter "package_template" must be integer']],
  ["sim=123", ['query parameter "sim" must match pattern "^\\d{19,20}$"']],
  ["sim=", ['query parameter "sim" must not be empty']],
  ["count=", ['query parameter "count" must not be empty']],
  [
    "status=&offset=",
    ['query parameter "offset" must not be empty', 'query parameter "status" must not be empty'],
  ],
  ["offset=-1", ['query parameter "offset" must be >= 0']],
  ["status=active", ['query parameter "status" must be one of NOT_ACTIVE, ACTIVE, SUSPENDED, TERMINATED']],
  [
    "count=a&offset=b",
    ['query parameter "count" must be integer', 'query parameter "offset" must be integer'],
  ],
])("GET /packages?%s", async (query, problems) => {
  const { url } = await mockForTest();
  const response = await fetch(`${url}/packages?${query}`, { headers: keys });
  expect(response.status).toBe(400);
  expect(await errorMessage(response)).toBe(problems.join("; "));
});

test.each([
  [{}, ['body field "sim" is missing', 'body field "package_template" is missing']],
  [{ sim: SIM }, ['body field "package_template" is missing']],
  [{ sim: 8910, package_template: 1 }, ['body field "sim" must be string']],
  [{ sim: "1", package_template: 1 }, ['body field "sim" must match pattern "^\\d{19,20}$"']],
  [{ sim: SIM, package_template: "1" }, ['body field "package_template" must be integer']],
  [[], ["the request body must be object"]],
  ["text", ["the request body must be object"]],
  [null, ["the request body is missing"]],
])("POST /packages with %j", async (body, problems) => {
  const { url } = await mockForTest();
  const response = await postJson(`${url}/packages`, JSON.stringify(body));
  expect(response.status).toBe(400);
  expect(await errorMessage(response)).toBe(problems.join("; "));
});

test("all filters together are accepted, and so is an undocumented parameter", async () => {
  const { url } = await mockForTest();
  const query = `count=1&offset=0&inventory=3&package_template=4&sim=${SIM}&status=ACTIVE&other=x`;
  expect((await fetch(`${url}/packages?${query}`, { headers: keys })).status).toBe(200);
});

test("an empty ID counts as missing", async () => {
  const { url } = await mockForTest();
  const response = await fetch(`${url}/packages//activate`, { method: "POST", headers: keys });
  expect(response.status).toBe(400);
  expect(await errorMessage(response)).toBe('path parameter "id" is missing');
});

test("Prefer chooses among the answers to valid requests only", async () => {
  const { url } = await mockForTest();
  const response = await postJson(`${url}/packages`, "{}", {
    ...keys,
    prefer: "code=409, example=alreadyExists",
  });
  expect(response.status).toBe(400);
  expect(await errorMessage(response)).toContain('"sim" is missing');
});

test("where the document has no answer for an invalid request, the mock sends its own", async () => {
  const document = {
    openapi: "3.1.0",
    info: { title: "Other", version: "1" },
    components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
    paths: {
      "/things": {
        parameters: [
          { name: "maxSize", in: "query", required: true, schema: { type: "integer" } },
          { name: "X-Kind", in: "header", schema: { enum: ["a", "b"] } },
        ],
        get: { responses: { 204: { description: "ok" } } },
        post: { security: [{ key: [] }], responses: { 204: { description: "ok" } } },
        put: {
          requestBody: { content: { "application/json": { schema: { type: "object" } } } },
          responses: { 204: { description: "ok" } },
        },
      },
    },
  };
  const spec = await fileForTest("other.json", JSON.stringify(document));
  const { url } = await mockForTest({ spec });

  const invalid = await fetch(`${url}/things`, { headers: { "x-kind": "c" } });
  expect(invalid.status).toBe(400);
  const message = await errorMessage(invalid);
  expect(message).toContain('query parameter "maxSize" is missing');
  expect(message).toContain('header "X-Kind" must be one of a, b');

  const locked = await fetch(`${url}/things?maxSize=1`, { method: "POST" });
  expect(locked.status).toBe(401);
  expect(await errorMessage(locked)).toBe("Unauthorized: header authorization is missing");

  const typed = await fetch(`${url}/things?maxSize=1`, { method: "PUT", body: "text" });
  expect(typed.status).toBe(415);
  expect(await errorMessage(typed)).toContain("use application/json");
});
