import { Agent } from "node:http";
import { KEYS } from "@betatelltd/esim-testing";
import nock from "nock";
import { afterAll, expect, test } from "vitest";
import { Configuration, PackagesApi } from "../src/index.ts";

// In its own file, because nock replaces fetch and node:http as soon as it is loaded.

const REQUEST = { sim: "8910300000045681955", package_template: 1 };
afterAll(() => nock.restore());

test.each<[string, object]>([
  ["fetch, which it replaces", {}],
  ["node:http, which it replaces too", { agent: new Agent() }],
])("nock responds instead of the server, over %s", async (_, options) => {
  const expected = { reqheaders: { "x-api-key": KEYS.apiKey, "x-user-id": KEYS.userId } };
  const answers = nock("http://localhost:8080", expected)
    .post("/packages", REQUEST)
    .reply(201, { id: "mocked" });
  const api = new PackagesApi(new Configuration({ ...KEYS, basePath: "http://localhost:8080", ...options }));
  expect((await api.createPackage(REQUEST)).data).toEqual({ id: "mocked" });
  answers.done();
});
