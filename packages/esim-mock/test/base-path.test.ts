import { describe, expect, test } from "vitest";
import { basePath } from "./documented-operations.ts";
import { errorMessage, fileForTest, keys, mockForTest } from "./mock-for-test.ts";

const above = basePath.slice(0, basePath.lastIndexOf("/"));

describe.each([{}, { dynamic: true }])("the status of a mock with %j", (options) => {
  test.each(["", above, basePath])("is at %s/status, without keys", async (base) => {
    const { url } = await mockForTest(options);
    const response = await fetch(`${url}${base}/status`);
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveProperty("version");
    expect((await fetch(`${url}${base}/status`, { method: "HEAD" })).status).toBe(200);
    const post = await fetch(`${url}${base}/status`, { method: "POST" });
    expect([post.status, post.headers.get("allow")]).toEqual([405, "GET"]);
  });

  test("has a server to itself, with nothing else on it", async () => {
    const { url } = await mockForTest(options);
    for (const path of ["/packages", "/nope", "/status/x"]) {
      const response = await fetch(`${url}${above}${path}`, { headers: keys });
      expect(response.status).toBe(404);
      expect(await errorMessage(response)).toContain(`no path that matches ${above}${path}`);
    }
    const slash = await fetch(`${url}${above}/status/`);
    expect(await errorMessage(slash)).toContain("use /status, without the trailing slash");
  });
});

describe("a fault", () => {
  const askAll = async (url: string) => {
    const statuses = [`${url}${above}/status`, `${url}/packages`].map(
      async (address) => (await fetch(address, { headers: keys })).status,
    );
    return Promise.all(statuses);
  };

  test("for the status operation is its answer, without keys", async () => {
    const mock = await mockForTest();
    await mock.fault({ operation: "getStatus", status: 503 });
    expect(await askAll(mock.url)).toEqual([503, 200]);
    await mock.clearFaults();
    await mock.fault({ operation: "getStatus", status: 429 });
    expect(await askAll(mock.url)).toEqual([429, 200]);
  });

  test("of the whole service makes the status a 503, as documented", async () => {
    const mock = await mockForTest();
    for (const status of [500, 502, 503]) {
      await mock.fault({ status });
      expect(await askAll(mock.url)).toEqual([503, status]);
      await mock.clearFaults();
    }
    await mock.fault({ status: 429 });
    expect(await askAll(mock.url)).toEqual([429, 429]);
  });
});

test("operations and paths of another document have servers of their own", async () => {
  const answer = (example: string) => ({
    responses: { 200: { description: "d", content: { "text/plain": { example } } } },
  });
  const document = {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    servers: [{ url: "https://a.invalid/v2" }],
    paths: {
      "/usual": { get: answer("usual") },
      "/moved/{id}": {
        servers: [{ url: "/files" }, { url: "https://b.invalid/v3/x/" }],
        get: answer("moved"),
      },
      "/one": {
        get: answer("get one"),
        put: {
          ...answer("put one"),
          servers: [{ url: "https://a.invalid/{v}", variables: { v: { default: "v9" } } }],
        },
      },
      "/root": { servers: [{ url: "https://a.invalid/" }], get: answer("root") },
    },
  };
  const { url } = await mockForTest({ spec: await fileForTest("servers.json", JSON.stringify(document)) });
  const ask = async (line: string) => {
    const [method = "", path] = line.split(" ");
    const response = await fetch(url + path, { method });
    return response.ok ? response.text() : response.status;
  };
  expect(await ask("GET /v2/usual")).toBe("usual");
  expect(await ask("GET /files/usual")).toBe(404);
  for (const base of ["", "/files", "/v3/x", "/v2"]) expect(await ask(`GET ${base}/moved/1`)).toBe("moved");
  expect(await ask("PUT /v9/one")).toBe("put one");
  expect(await ask("GET /v2/one")).toBe("get one");
  expect(await ask("GET /v9/usual")).toBe(404);
  expect(await ask("GET /root")).toBe("root");
});
