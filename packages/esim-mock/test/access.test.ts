import { request } from "node:http";
import { describe, expect, test } from "vitest";
import type { MockOptions } from "../src/index.ts";
import { keys, mockForTest } from "./mock-for-test.ts";

type Headers = Readonly<Record<string, string>>;

/** fetch does not let callers set `Host` or `Sec-Fetch-Site`. */
function send(
  url: string,
  headers: Headers,
  method = "GET",
  body = "",
): Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
    })
      .on("error", reject)
      .end(body);
  });
}

const OTHER_SITE = "https://other.example";
const CONTROL = ["/_mock/requests", "/_mock/clock", "/_mock/ui"];

describe("a page of another origin", () => {
  test.each([
    ["GET", "/_mock/requests", ""],
    ["GET", "/_mock/drift", ""],
    ["POST", "/_mock/reset", ""],
    ["POST", "/_mock/clock", '{"advance":"7d"}'],
    ["POST", "/_mock/faults", '{"status":500}'],
  ])("may not %s %s, with or without a preflight", async (method, path, body) => {
    const mock = await mockForTest({ stateful: true, cors: "*" });
    for (const origin of [OTHER_SITE, "null", "http://localhost:1", "file://"]) {
      const headers = { origin, "content-type": "text/plain" };
      const answer = await send(mock.url + path, headers, method, body);
      expect(answer.status).toBe(403);
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
      expect(JSON.parse(answer.text).message).toContain("--allow-origin");
    }
    const preflight = { origin: OTHER_SITE, "access-control-request-method": method };
    expect((await send(mock.url + path, preflight, "OPTIONS")).status).toBe(403);
    expect((await mock.clock.read()).ahead).toBe(0);
    expect(await mock.faults()).toEqual([]);
  });

  test("may not load the control routes in a tag either, which sends no origin", async () => {
    const { url } = await mockForTest();
    for (const path of CONTROL) {
      const { status } = await send(url + path, {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "no-cors",
        "sec-fetch-dest": "script",
      });
      expect(status).toBe(403);
    }
  });

  test("may link to the page of the mock", async () => {
    const { url } = await mockForTest();
    const headers = {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    expect((await send(`${url}/_mock/ui`, headers)).status).toBe(200);
  });

  test("may use the API with cors: *, and the control routes too if its origin is allowed", async () => {
    const ask = async (options: MockOptions, path = "/packages") => {
      const { url } = await mockForTest(options);
      const { status, headers } = await send(url + path, { ...keys, origin: OTHER_SITE });
      return [status, headers["access-control-allow-origin"]];
    };
    expect(await ask({})).toEqual([403, undefined]);
    expect(await ask({ cors: "*" })).toEqual([200, OTHER_SITE]);
    expect(await ask({ allowOrigins: [OTHER_SITE] })).toEqual([200, OTHER_SITE]);
    expect(await ask({ allowOrigins: [OTHER_SITE] }, "/_mock/requests")).toEqual([200, OTHER_SITE]);
  });
});

test.each(["http://localhost:5173", "http://127.0.0.1:3000", "https://[::1]:1", "http://shop.localhost"])(
  "a page from this machine, %s, may use the API but not the control routes",
  async (origin) => {
    const { url } = await mockForTest();
    expect(await send(`${url}/packages`, { ...keys, origin })).toMatchObject({
      status: 200,
      headers: { "access-control-allow-origin": origin },
    });
    expect((await send(`${url}/_mock/clock`, { origin })).status).toBe(403);
  },
);

test("the mock's own pages, and programs without an origin, may use everything", async () => {
  const { url } = await mockForTest();
  for (const headers of [
    {},
    { origin: url },
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
  ]) {
    for (const path of CONTROL) expect((await send(url + path, headers)).status).toBe(200);
  }
});

test("with an upstream, only the mock's own pages and programs may use anything", async () => {
  const { url: upstream } = await mockForTest();
  const { url } = await mockForTest({ upstream, cors: "*" });
  for (const origin of [OTHER_SITE, "http://localhost:5173"])
    expect((await send(`${url}/packages`, { ...keys, origin })).status).toBe(403);
  expect((await send(`${url}/packages`, keys)).status).toBe(200);
  expect((await send(`${url}/packages`, { ...keys, origin: url })).status).toBe(200);
});

describe("Host", () => {
  test("must name this machine for a mock on loopback", async () => {
    const { url, port } = await mockForTest({ allowHosts: ["mock.example"] });
    const ask = async (host: string) => (await send(`${url}/packages`, { ...keys, host })).status;
    for (const host of [
      "localhost",
      `LOCALHOST:${port}`,
      "127.0.0.2",
      "[::1]:80",
      "a.localhost",
      "mock.example:1",
    ])
      expect(await ask(host)).toBe(200);
    for (const host of [
      "other.example",
      `other.example:${port}`,
      "localhost.other.example",
      "192.0.2.1",
      "a b",
      "127.0.0.1.other.example",
    ])
      expect(await ask(host)).toBe(403);
  });

  test("may be anything for programs and an address for browsers, if other machines may connect", async () => {
    const { port } = await mockForTest({ host: "0.0.0.0", allowHosts: ["mock.example"], cors: "*" });
    const ask = async (host: string, more: Headers = {}) =>
      (await send(`http://127.0.0.1:${port}/packages`, { ...keys, host, ...more })).status;
    expect(await ask("esim-mock:4010")).toBe(200);
    for (const more of [{ origin: "http://other.example" }, { "sec-fetch-site": "same-origin" }]) {
      expect(await ask("other.example", more)).toBe(403);
      expect(await ask("192.0.2.1:4010", more)).toBe(200);
      expect(await ask("mock.example", more)).toBe(200);
    }
  });
});

test("a refusal is one log line that names the option to allow it", async () => {
  const { url } = await mockForTest();
  const { text } = await send(`${url}/packages`, { ...keys, host: "other.example" });
  const { message } = JSON.parse(text);
  expect(message).toBe(
    "Host other.example is not a name of this mock; to allow it, start the mock with --allow-host other.example",
  );
});

test.each([
  [{ allowHosts: ["http://x"] }, "Allowed host http://x is not"],
  [{ allowOrigins: ["app.example.com"] }, "Allowed origin app.example.com is not"],
  [{ allowOrigins: ["https://app.example.com/path"] }, "Allowed origin"],
  [{ cors: "all" as "*" }, "cors all is neither"],
])("the invalid option %j is refused", async (options, message) => {
  await expect(mockForTest(options)).rejects.toMatchObject({
    code: "OPTION",
    message: expect.stringContaining(message),
  });
});

test("bodies for the control routes must be JSON and are optional", async () => {
  const { url } = await mockForTest({ stateful: true });
  expect((await send(`${url}/_mock/reset`, {}, "POST")).status).toBe(204);
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"]) {
    const { status } = await send(`${url}/_mock/clock`, { "content-type": type }, "POST", '{"advance":"7d"}');
    expect(status).toBe(415);
  }
});
