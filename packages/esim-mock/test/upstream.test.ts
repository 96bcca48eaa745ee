import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, request as requestHttp } from "node:http";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { basePath, bodyOf, operations } from "./documented-operations.ts";
import { keys, mockForTest, postJson } from "./mock-for-test.ts";
import { before, json, rawRequest, service } from "./service-for-test.ts";

const secret = { "x-user-id": "user-4711-secret", "x-api-key": "key-0815-secret" };
const HEADER = "x-contract-violations";

type Body = NonNullable<RequestInit["body"]>;

const example = (operationId: string, name: string): Record<string, unknown> => {
  const found = operations
    .find((operation) => operation.operationId === operationId)
    ?.responses.flatMap(({ examples }) => examples)
    .find(([each]) => each === name);
  return structuredClone(found?.[1]) as Record<string, unknown>;
};

describe("a departure from the document", () => {
  const active = () => example("getPackage", "active");
  const template = () => active().package_template as object;

  /** Known departures of the live service: each as an answer to getPackage, with the expected report. */
  test.each([
    ["a state that nobody knew", { status: "ON_HOLD" }, "body.status", "unknown value", "ON_HOLD"],
    [
      "a template's state that nobody knew",
      { package_template: { ...template(), status: "Retired" } },
      "body.package_template.status",
      "unknown value",
      "Retired",
    ],
    ["a template as a bare number", { package_template: 7 }, "body.package_template", "wrong type", 7],
    ["another name for a date", { activation_date: 0 }, "body.activation_date", "undocumented field", 0],
    ["a required field left out", { sim: undefined }, "body.sim", "missing field", undefined],
    ["an ICCID as a number", { sim: 89 }, "body.sim", "wrong type", 89],
  ])("%s", async (_, change, field, kind, value) => {
    const body = JSON.stringify({ ...active(), ...change });
    const { mock } = await before(json(body));
    for (let time = 0; time < 3; time += 1) {
      const response = await fetch(`${mock.url}/packages/pkg_1`, { headers: secret });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(body);
      expect(response.headers.get(HEADER)).toBe(`response ${field}: ${kind}`);
    }
    const report = await mock.drift();
    expect(report).toMatchObject({ requests: 3, departures: 3 });
    expect(report.drift).toEqual([
      {
        operation: "getPackage",
        direction: "response",
        field,
        kind,
        count: 3,
        example: { message: expect.any(String), ...(value !== undefined && { value }) },
      },
    ]);
    expect(await (await fetch(`${mock.url}/_mock/drift`)).json()).toEqual(JSON.parse(JSON.stringify(report)));
  });

  test("in every row of a list is one entry, counted per row", async () => {
    const row = { ...active(), status: "ON_HOLD" };
    const page = JSON.stringify({ total: 2, count: 2, offset: 0, packages: [row, row] });
    const { mock } = await before(json(page));
    await fetch(`${mock.url}/packages`, { headers: keys });
    expect((await mock.drift()).drift).toMatchObject([{ field: "body.packages[].status", count: 2 }]);
  });

  test("is distinguished from a value that is only large", async () => {
    // Beyond 32 bits, with a zero that a parser would drop.
    const body = JSON.stringify({ ...active(), created_date: 2 ** 53 - 1 }).replace("991,", "991.0,");
    const { mock } = await before(json(body));
    const response = await fetch(`${mock.url}/packages/pkg_1`, { headers: keys });
    expect(await response.text()).toBe(body);
    expect(response.headers.has(HEADER)).toBe(false);
    expect(await mock.drift()).toMatchObject({ requests: 1, departures: 0, drift: [] });
  });

  test.each([
    [
      "a status of its own",
      404,
      "application/json",
      '{"message":"no SIM"}',
      "status",
      "undocumented status",
      404,
    ],
    ["a page of a proxy", 502, "text/html", "<h1>Bad gateway</h1>", "status", "undocumented status", 502],
    ["another media type", 201, "text/plain", "done", "content-type", "wrong media type", "text/plain"],
    ["no media type", 201, "garbage", "done", "content-type", "wrong media type", "garbage"],
    ["half of the JSON", 201, "application/json", '{"id":', "body", "not readable", undefined],
    ["nothing", 201, "application/json", "", "body", "wrong type", undefined],
  ])("%s", async (_, status, type, body, field, kind, value) => {
    const { mock, upstream } = await before((_request, response) => {
      response.writeHead(status, { "content-type": type }).end(body);
    });
    const request = '{"sim":"8910300000045681955","package_template":21145354}';
    const response = await postJson(`${mock.url}/packages`, request);
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      status,
      type,
      body,
    ]);
    expect(upstream.seen.map(({ body }) => String(body))).toEqual([request]);
    const { drift } = await mock.drift();
    expect(drift).toMatchObject([
      { operation: "createPackage", direction: "response", field, kind, count: 1 },
    ]);
    expect(drift[0]?.example.value).toEqual(value);
  });

  test("in a request is reported too, and the request is still forwarded", async () => {
    const { mock, upstream } = await before(json('{"message":"no"}', 400));
    await fetch(`${mock.url}/packages?count=many&status=ON`, { headers: { "x-user-id": "u" } });
    await postJson(`${mock.url}/packages`, '{"sim": 89');
    await fetch(`${mock.url}/nowhere`, { headers: keys });
    expect(upstream.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET /packages?count=many&status=ON",
      "POST /packages",
      "GET /nowhere",
    ]);
    expect(String(upstream.seen[1]?.body)).toBe('{"sim": 89');
    const { drift } = await mock.drift();
    expect(drift.map(({ operation, field, kind }) => [operation, field, kind])).toEqual([
      ["getPackages", "header.x-api-key", "missing key"],
      ["getPackages", "query.count", "wrong type"],
      ["getPackages", "query.status", "unknown value"],
      ["createPackage", "body", "not readable"],
      ["", "path", "undocumented path"],
    ]);
    expect(drift.every(({ direction }) => direction === "request")).toBe(true);
  });

  test("is not reported where a service conforms to the document", async () => {
    const real = await mockForTest();
    const mock = await mockForTest({ upstream: `${real.url}${basePath}` });
    for (const { path, request, responses } of operations) {
      for (const { status } of responses) {
        const headers = { ...request.headers, prefer: `code=${status}` };
        const response = await fetch(mock.url + path, { ...request, headers });
        const direct = await fetch(real.url + path, { ...request, headers });
        expect(response.status).toBe(status);
        expect(await bodyOf(response)).toEqual(await bodyOf(direct));
      }
    }
    const report = await mock.drift();
    expect(report).toMatchObject({ upstream: `${real.url}${basePath}`, departures: 0, drift: [] });
    expect(report.requests).toBeGreaterThan(20);
  });
});

describe("traffic", () => {
  test("keeps its path, its query, its headers and its bytes", async () => {
    const { mock, upstream } = await before((_, response) => {
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      response.setHeader("x-request-id", "theirs");
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(gzipSync('{"total":0,"count":0,"offset":0,"packages":[]}'));
    });
    const response = await fetch(`${mock.url}${basePath}/packages?sim=8910300000045681955&count=1`, {
      headers: { ...secret, "x-own": "kept", "user-agent": "mine" },
    });
    expect(await response.json()).toMatchObject({ packages: [] });
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("x-request-id")).toBe("theirs");
    expect(upstream.seen[0]?.headers).not.toHaveProperty("content-length");
    const [{ url, headers } = { url: "", headers: {} }] = upstream.seen;
    expect(url).toBe("/packages?sim=8910300000045681955&count=1");
    expect(headers).toMatchObject({ ...secret, "x-own": "kept", "user-agent": "mine" });
    expect(headers.host).toBe(new URL(upstream.url).host);
    expect((await mock.drift()).drift).toEqual([]);
  });

  test("carries keys to that origin only: a redirect is returned to the caller", async () => {
    const elsewhere = await service(json("{}"));
    const { mock } = await before((_, response) =>
      response.writeHead(307, { location: `${elsewhere.url}/packages` }).end(),
    );
    const response = await fetch(`${mock.url}/packages`, { headers: secret, redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([307, `${elsewhere.url}/packages`]);
    expect(elsewhere.seen).toEqual([]);
  });

  test("that is cut by the service is cut for the caller", async () => {
    const { mock, upstream } = await before((_, response) => response.socket?.resetAndDestroy());
    await expect(postJson(`${mock.url}/packages`, "{}")).rejects.toThrow("fetch failed");
    expect(upstream.seen).toHaveLength(1);
  });

  test("that is cut in the middle of an answer is not forwarded in part", async () => {
    const { mock } = await before((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
      response.write('{"total":');
      setImmediate(() => response.destroy());
    });
    await expect(fetch(`${mock.url}/packages`, { headers: keys })).rejects.toThrow("fetch failed");
  });

  test("to an unreachable service gets a 502 with the reason", async () => {
    const gone = await mockForTest();
    await gone.close();
    const mock = await mockForTest({ upstream: gone.url });
    const response = await fetch(`${mock.url}/packages`, { headers: keys });
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({
      statusCode: 502,
      message: `Cannot reach ${gone.url}: ECONNREFUSED`,
    });
  });

  test("can be given faults", async () => {
    const { mock, upstream } = await before(json("{}"));
    await mock.fault({ status: 503, times: 1 });
    expect((await fetch(`${mock.url}/packages`, { headers: keys })).status).toBe(503);
    expect(upstream.seen).toEqual([]);
    await mock.fault({ truncate: true, times: 1 });
    expect(await (await fetch(`${mock.url}/packages`, { headers: keys })).text()).toBe("{");
  });
});

describe("bytes pass both ways", () => {
  const packed = gzipSync('{"sim":"8910300000045681955","package_template":21145354}');
  const jsonType = { ...keys, "content-type": "application/json" };
  const MIB = 1024 * 1024;

  test("of a compressed request, which is inspected all the same", async () => {
    const { mock, upstream } = await before(json('{"message":"no"}', 400));
    const send = (body: Body) =>
      fetch(`${mock.url}/packages`, {
        method: "POST",
        headers: { ...jsonType, "content-encoding": "gzip" },
        body,
      });
    expect((await send(new Uint8Array(packed))).status).toBe(400);
    expect(upstream.seen[0]?.body).toEqual(packed);
    expect(upstream.seen[0]?.headers["content-encoding"]).toBe("gzip");
    expect(await mock.drift()).toMatchObject({ departures: 0, uninspected: 0 });
    await send(new Uint8Array(gzipSync('{"sim":1,"package_template":21145354}')));
    await send("not gzip");
    const { drift } = await mock.drift();
    expect(drift.map(({ field, kind }) => [field, kind])).toEqual([
      ["body.sim", "wrong type"],
      ["body", "not readable"],
    ]);
  });

  test.each([
    ["a length", (bytes: Buffer) => new Uint8Array(bytes) as Body],
    ["chunks", (bytes: Buffer) => new Blob([new Uint8Array(bytes)]).stream() as Body],
  ])("of a large request with %s, and of its large answer", async (_, toBody) => {
    const large = randomBytes(8 * MIB);
    const { mock, upstream } = await before((request, response) => response.writeHead(200).end(request.body));
    const response = await fetch(`${mock.url}/packages`, {
      method: "POST",
      headers: jsonType,
      body: toBody(large),
      duplex: "half",
    } as RequestInit);
    expect(Buffer.from(await response.arrayBuffer()).equals(large)).toBe(true);
    expect(upstream.seen[0]?.body.equals(large)).toBe(true);
    expect(await mock.drift()).toMatchObject({ requests: 1, uninspected: 2 });
  });

  test("of a body that is small compressed and large uncompressed", async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MIB, 32));
    const { mock } = await before((_, response) =>
      response
        .writeHead(200, {
          "content-type": "application/json",
          "content-encoding": "gzip",
          "content-length": bomb.length,
        })
        .end(bomb),
    );
    const response = await rawRequest(mock.url, "GET /packages");
    expect(response.body.equals(bomb)).toBe(true);
    expect(response.headers).not.toHaveProperty(HEADER);
    expect(await mock.drift()).toMatchObject({ requests: 1, departures: 0, uninspected: 1 });
  });

  test("of a large body, whose status and type are inspected", async () => {
    const { mock } = await before((_, response) =>
      response.writeHead(418, { "content-type": "application/json" }).end(Buffer.alloc(2 * MIB, 32)),
    );
    const response = await fetch(`${mock.url}/packages`, { headers: keys });
    expect(response.headers.get(HEADER)).toBe("response status: undocumented status");
    expect((await response.arrayBuffer()).byteLength).toBe(2 * MIB);
  });

  test.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync],
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
    ["GZIP, br", (text: string) => brotliCompressSync(gzipSync(text))],
  ])("of an answer in %s, which is inspected all the same", async (encoding, pack) => {
    const bytes = pack('{"total":"many","count":0,"offset":0,"packages":[]}');
    const { mock } = await before((_, response) =>
      response
        .writeHead(200, { "content-type": "application/json", "content-encoding": encoding })
        .end(bytes),
    );
    const response = await rawRequest(mock.url, "GET /packages");
    expect([response.body.equals(bytes), response.headers["content-encoding"]]).toEqual([true, encoding]);
    expect(response.headers[HEADER]).toBe("response body.total: wrong type");
  });

  test("of an unknown encoding", async () => {
    const { mock } = await before((_, response) =>
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "rot13" }).end("{}"),
    );
    expect((await rawRequest(mock.url, "GET /packages")).body.toString()).toBe("{}");
    expect(await mock.drift()).toMatchObject({ departures: 0, uninspected: 1 });
  });

  test("until a large answer is cut, which is cut for the caller", async () => {
    const { mock } = await before((_, response) => {
      response.writeHead(200, { "content-type": "application/json" }).write(Buffer.alloc(2 * MIB, 32));
      setTimeout(() => response.destroy(), 100);
    });
    const response = await fetch(`${mock.url}/packages`, { headers: keys });
    await expect(response.arrayBuffer()).rejects.toThrow("terminated");
  });

  test("with early hints, a reason, repeated headers and trailers", async () => {
    const { mock } = await before((_, response) => {
      response.writeEarlyHints({ link: "</style.css>; rel=preload" });
      response.writeProcessing();
      response.setHeader("link", ["</a>; rel=next", "</b>; rel=last"]);
      response.setHeader("trailer", "x-checksum");
      response.writeHead(200, "Very Well", { "content-type": "application/json" });
      response.write("{}");
      response.addTrailers({
        "x-checksum": "abc",
        [HEADER]: "forged",
        "access-control-allow-origin": "nobody",
      });
      response.end();
    });
    const response = await rawRequest(mock.url, "GET /nowhere");
    expect(response).toMatchObject({
      hints: [{ link: "</style.css>; rel=preload" }],
      reason: "Very Well",
      trailers: { "x-checksum": "abc" },
    });
    expect(Object.keys(response.trailers)).toEqual(["x-checksum"]);
    expect(response.headers.link).toBe("</a>; rel=next, </b>; rel=last");
    expect(response.body.toString()).toBe("{}");
  });

  test("with the trailers of a request, and after 100 Continue", async () => {
    const server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      response.end(JSON.stringify([body, request.trailers, request.headers.expect]));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const mock = await mockForTest({ upstream: `http://127.0.0.1:${port}` });
    const request = requestHttp(`${mock.url}/packages`, {
      method: "POST",
      headers: { ...keys, "transfer-encoding": "chunked", trailer: "x-end", expect: "100-continue" },
    });
    await once(
      request.on("error", () => {}),
      "continue",
    );
    request.write("chunk");
    request.addTrailers({ "x-end": "1" });
    request.end();
    const [response] = (await once(request, "response")) as [IncomingMessage];
    expect(JSON.parse((await response.toArray()).join(""))).toEqual(["chunk", { "x-end": "1" }, null]);
  });

  test("except for half of an answer with one fault, and all of it with another", async () => {
    const { mock, upstream } = await before(json("x".repeat(3 * MIB)));
    await mock.fault({ truncate: true, times: 1 });
    const half = await (await fetch(`${mock.url}/packages`, { headers: keys })).text();
    expect(half.length).toBeLessThan(3 * MIB);
    await mock.fault({ status: 503, times: 1 });
    const refused = await postJson(`${mock.url}/packages`, "x".repeat(8 * MIB));
    expect(refused.status).toBe(503);
    expect(upstream.seen).toHaveLength(1);
  });
});

describe("a page of another origin", () => {
  const origin = "http://localhost:5173";

  test("reads answers and violations where the mock's rules allow it, not the service's", async () => {
    const { mock } = await before(
      (_, response) =>
        response
          .writeHead(200, {
            "content-type": "application/json",
            "access-control-allow-origin": "https://app.example",
            "access-control-expose-headers": "x-none",
            vary: "accept-encoding",
          })
          .end("{}"),
      { allowOrigins: [origin] },
    );
    const response = await fetch(`${mock.url}/packages`, { headers: { ...keys, origin } });
    const direct = await fetch(`${mock.url}/_mock/nope`, { headers: { origin } });
    for (const name of ["access-control-allow-origin", "access-control-expose-headers"]) {
      expect(response.headers.get(name)).toBe(direct.headers.get(name));
    }
    expect(response.headers.get("access-control-expose-headers")).toContain(HEADER);
    expect(response.headers.get("vary")).toBe("accept-encoding, origin");
    expect(response.headers.has(HEADER)).toBe(true);
  });

  test("gets no violations invented by a service", async () => {
    const { mock } = await before((_, response) =>
      response
        .writeHead(200, { "content-type": "application/json", "X-Contract-Violations": "forged" })
        .end(JSON.stringify({ total: 0, count: 0, offset: 0, packages: [] })),
    );
    const response = await fetch(`${mock.url}/packages`, { headers: keys });
    expect([response.status, response.headers.has(HEADER)]).toEqual([200, false]);
  });
});

test.each([
  "/../admin",
  "/%2e%2e/admin",
  "/.%2E/admin",
  "/packages/../../admin",
  "/packages/..%2f..%2fadmin",
  "/packages/..%5c..\\admin",
  "/packages//../../admin",
  "/packages/./%2e/../../admin",
  "/..;x=1/admin",
  `${basePath}/../admin`,
])("the path %s does not leave the base path of the service", async (path) => {
  const upstream = await service(json("{}"));
  const mock = await mockForTest({ upstream: `${upstream.url}/api` });
  const response = await rawRequest(mock.url, `GET ${path}`);
  expect([response.status, upstream.seen]).toEqual([400, []]);
  expect(JSON.parse(String(response.body))).toEqual({
    statusCode: 400,
    message: `The path leaves ${upstream.url}/api and was not forwarded: remove ".." from it`,
  });
});

test.each(["/packages/../packages", "/packages/a..b", "/packages/%2e%2e", "/packages?next=/../../x"])(
  "the path %s is forwarded unchanged",
  async (path) => {
    const upstream = await service(json("{}"));
    const mock = await mockForTest({ upstream: `${upstream.url}/api` });
    await rawRequest(mock.url, `GET ${path}`);
    expect(upstream.seen.map(({ url }) => url)).toEqual([`/api${path}`]);
  },
);

test("a service that invents fields endlessly costs no more than 1,000 of them", async () => {
  let answers = 0;
  const { mock } = await before((_, response) => {
    answers += 1;
    const fields = Object.fromEntries(Array.from({ length: 700 }, (_, index) => [`a${answers}b${index}`, 1]));
    const body = JSON.stringify({ ...example("getPackage", "active"), ...fields });
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
  for (let time = 0; time < 2; time += 1) await fetch(`${mock.url}/packages/pkg_1`, { headers: keys });
  const { departures, drift } = await mock.drift();
  expect([departures, drift.length]).toEqual([1_400, 1_000]);
  expect((await mock.requests())[0]?.notes).toHaveLength(51);
});

test("keys and ICCIDs appear in no report, header or list of requests", async () => {
  const { mock } = await before((request, response) => {
    const echo = `no ${request.headers["x-api-key"]} of ${request.headers["x-user-id"]} for 8910300000045681955`;
    response.writeHead(200, { "content-type": "application/json" }).end(
      JSON.stringify({
        ...example("getPackage", "active"),
        status: echo,
        [echo]: echo,
        sim: 8910300000045681,
      }),
    );
  });
  const response = await fetch(`${mock.url}/packages/pkg_1`, { headers: secret });
  const requests = await (await fetch(`${mock.url}/_mock/requests`)).text();
  const reported = JSON.stringify([await mock.drift(), response.headers.get(HEADER), requests]);
  expect(reported).toContain("…1955");
  expect(reported).not.toMatch(/secret|8910300000045681/);
});

test.each([
  ["nonsense", "is not an address such as"],
  ["ftp://127.0.0.1", "is not an address such as"],
  ["http://esim.betatel.com/api", "use https"],
  ["http://api:8080", "add --allow-insecure-upstream"],
  ["https://esim.betatel.com/api?x=1", "has a query"],
  ["https://me:pass-word@esim.betatel.com", "contains a name or password"],
])("the address %s is refused", async (upstream, reason) => {
  const refusal = mockForTest({ upstream });
  await expect(refusal).rejects.toMatchObject({ code: "OPTION", message: expect.stringContaining(reason) });
  await expect(refusal).rejects.not.toThrow("pass-word");
});

test("a stateful mock has no upstream", async () => {
  await expect(mockForTest({ upstream: "https://esim.betatel.com", stateful: true })).rejects.toThrow(
    "remove --stateful and --dynamic",
  );
});
