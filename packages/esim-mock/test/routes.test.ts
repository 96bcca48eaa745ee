import { expect, test } from "vitest";
import { basePath } from "./documented-operations.ts";
import { errorMessage, fileForTest, keys, mockForTest } from "./mock-for-test.ts";
import { service } from "./service-for-test.ts";

test.each(["/nope", `${basePath}/nope`, basePath, "/packages/a/b/c", "//packages", "/packages/../packages"])(
  "%s is unknown",
  async (path) => {
    const { port } = await mockForTest();
    const response = await requestRaw(port, "GET", path);
    expect(response.status).toBe(404);
    expect(await errorMessage(response)).toContain("no path that matches");
  },
);

test.each([{}, { dynamic: true }, { stateful: true }])(
  "with %j, a trailing slash is a 404 that names the intended path",
  async (options) => {
    const { url } = await mockForTest(options);
    for (const [method, path, meant] of [
      ["GET", "/packages/", "/packages"],
      ["POST", "/packages/", "/packages"],
      ["GET", `${basePath}/packages//`, "/packages"],
      ["GET", "/packages/x/", "/packages/x"],
      ["DELETE", "/packages/x/", "/packages/x"],
      ["POST", "/packages/x/activate/", "/packages/x/activate"],
    ] as const) {
      const response = await fetch(url + path, { method, headers: keys });
      expect([path, response.status]).toEqual([path, 404]);
      expect(await errorMessage(response)).toContain(`: use ${meant}, without the trailing slash`);
    }
    expect(await errorMessage(await fetch(`${url}/nope/`, { headers: keys }))).not.toContain("use");
  },
);

test.each(["/nope/8910300000045681955", "/packages/8910300000045681955/"])(
  "the message about %s goes to the caller and, with the number masked, to the log",
  async (path) => {
    const mock = await mockForTest();
    expect(await errorMessage(await fetch(mock.url + path))).toContain(path);
    const logged = JSON.stringify(await mock.requests());
    expect(logged).toContain("no path that matches");
    expect(logged).not.toContain("8910300000045681955");
  },
);

test("with an upstream, the service decides about a trailing slash", async () => {
  const { url: upstream } = await service((_, response) => void response.end("{}"));
  const { url } = await mockForTest({ upstream });
  expect((await fetch(`${url}/packages/`, { headers: keys })).status).toBe(200);
});

test("a trailing slash that the document has is accepted", async () => {
  const text = (path: string, example: string) => ({
    [path]: {
      get: { responses: { 200: { description: "d", content: { "text/plain": { example } } } } },
    },
  });
  const paths = { ...text("/with/", "with"), ...text("/only/{id}", "only") };
  const document = { openapi: "3.1.0", info: { title: "T", version: "1" }, paths };
  const { url } = await mockForTest({ spec: await fileForTest("slash.json", JSON.stringify(document)) });
  expect(await (await fetch(`${url}/with/`)).text()).toBe("with");
  // It can mean nothing else.
  expect(await (await fetch(`${url}/only/`)).text()).toBe("only");
});

test.each([
  ["DELETE", "/packages", "GET, POST"],
  ["PUT", `${basePath}/packages`, "GET, POST"],
  ["POST", "/packages/x", "GET"],
  ["GET", "/packages/x/activate", "POST"],
  ["HEAD", "/packages/x/activate", "POST"],
])("%s %s is not allowed, and Allow lists what is", async (method, path, allow) => {
  const { url } = await mockForTest();
  const response = await fetch(url + path, { method, headers: keys });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe(allow);
  if (method !== "HEAD") expect(await errorMessage(response)).toContain(allow.replace(", ", " or "));
});

test("HEAD is GET without the body", async () => {
  const { url } = await mockForTest();
  const get = await fetch(`${url}/packages`, { headers: keys });
  const head = await fetch(`${url}/packages`, { method: "HEAD", headers: keys });
  expect(head.status).toBe(200);
  expect(head.headers.get("content-length")).toBe(String((await get.text()).length));
  expect(await head.text()).toBe("");
});

test("OPTIONS lists the methods of a path", async () => {
  const { url } = await mockForTest();
  const response = await fetch(`${url}/packages`, { method: "OPTIONS" });
  expect(response.status).toBe(204);
  expect(response.headers.get("allow")).toBe("GET, POST");
  expect((await fetch(`${url}/nope`, { method: "OPTIONS" })).status).toBe(404);
});

test.each(["a%2Fb%20c%3F", "ü", "pkg_1", "%25", "..%2F", "{id}", "%00"])(
  "the id %s is one segment",
  async (id) => {
    const { url } = await mockForTest();
    expect((await fetch(`${url}/packages/${id}`, { headers: keys })).status).toBe(200);
  },
);

test.each(["%E0%A4", "%", "%zz"])("the id %s is malformed", async (id) => {
  const { url } = await mockForTest();
  const response = await fetch(`${url}/packages/${id}`, { headers: keys });
  expect(response.status).toBe(400);
  expect(await errorMessage(response)).toBe('path parameter "id" is not valid percent-encoded UTF-8');
});

test("an Accept that the document cannot satisfy is refused, an invalid one is ignored", async () => {
  const { url } = await mockForTest();
  const accept = (value: string) => fetch(`${url}/packages`, { headers: { ...keys, accept: value } });
  expect((await accept("text/html")).status).toBe(406);
  expect(await errorMessage(await accept("text/html"))).toContain("text/html");
  expect((await accept("nonsense")).status).toBe(200);
  expect((await accept("text/html, application/json;q=0.9")).status).toBe(200);
});

test("every answer has a request ID: the caller's if it is well-formed", async () => {
  const { url } = await mockForTest();
  const send = async (id?: string) => {
    const headers = id === undefined ? keys : { ...keys, "x-request-id": id };
    return (await fetch(`${url}/packages`, { headers })).headers.get("x-request-id");
  };
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  expect(await send("trace-42:a.b")).toBe("trace-42:a.b");
  expect(await send()).toMatch(uuid);
  expect(await send("has spaces")).toMatch(uuid);
  expect(await send("x".repeat(129))).toMatch(uuid);
  expect((await fetch(`${url}/nope`)).headers.get("x-request-id")).toMatch(uuid);
});

test("another document is served under the base path of its own servers", async () => {
  const ok = { description: "ok", content: { "text/plain": { example: "hello" } } };
  const document = {
    openapi: "3.0.3",
    info: { title: "Other", version: "1" },
    servers: [
      {
        url: "https://{name}.invalid/{base}",
        variables: { name: { default: "a" }, base: { default: "v2" } },
      },
      { url: "/relative/" },
    ],
    paths: { "/things": { get: { responses: { 200: ok } }, post: { responses: { 201: ok } } } },
  };
  const spec = await fileForTest("other.json", JSON.stringify(document));
  const { url } = await mockForTest({ spec });
  for (const path of ["/things", "/v2/things", "/relative/things"]) {
    const response = await fetch(url + path);
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(await response.text()).toBe("hello");
  }
  expect((await fetch(`${url}${basePath}/things`)).status).toBe(404);
  expect((await fetch(`${url}/v2/things`, { method: "PUT" })).headers.get("allow")).toBe("GET, POST");
});

/** `fetch` normalises paths before it sends them. */
async function requestRaw(port: number, method: string, path: string): Promise<Response> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method, path, headers: keys }, async (answer) => {
      const body = await answer.toArray();
      const type = String(answer.headers["content-type"]);
      resolve(
        new Response(Buffer.concat(body), {
          status: answer.statusCode ?? 0,
          headers: { "content-type": type },
        }),
      );
    });
    sent.on("error", reject).end();
  });
}
