import { execFile } from "node:child_process";
import { once } from "node:events";
import { Agent } from "node:http";
import { createServer as createSecureServer, Agent as SecureAgent } from "node:https";
import { type AddressInfo, connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CERTIFICATE, KEYS, startHostileServer } from "@betatelltd/esim-testing";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { describe, expect, onTestFinished, test } from "vitest";
import { Configuration, createEsimClient, PackagesApi } from "../src/index.ts";

const LIST = '{"total":0,"count":0,"offset":0,"packages":[]}';
const run = promisify(execFile);

describe("a custom agent", () => {
  test("carries every request", async () => {
    const server = await startHostileServer((response) => response.end(LIST));
    onTestFinished(() => server.close());
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const created: unknown[] = [];
    const original = agent.createConnection?.bind(agent) as (...args: unknown[]) => never;
    agent.createConnection = (...args: unknown[]) => {
      created.push(args);
      return original(...args);
    };
    await new PackagesApi(new Configuration({ ...KEYS, basePath: server.url, agent })).getPackages();
    await createEsimClient({ ...KEYS, baseUrl: server.url, agent }).GET("/packages");
    expect(created).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });

  test("can add a certificate authority", async () => {
    const server = createSecureServer(CERTIFICATE, (_, response) => response.end(LIST));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const agent = new SecureAgent({ ca: CERTIFICATE.cert });
    onTestFinished(() => agent.destroy());
    const basePath = `https://localhost:${(server.address() as AddressInfo).port}`;
    const api = new PackagesApi(new Configuration({ ...KEYS, basePath, agent }));
    expect((await api.getPackages()).status).toBe(200);
  });

  test("for another protocol is an error, and nothing is sent", async () => {
    const agent = new Agent();
    const api = new PackagesApi(new Configuration({ ...KEYS, basePath: "https://localhost:1", agent }));
    await expect(api.activatePackage("x")).rejects.toMatchObject({
      outcomeUnknown: false,
      code: "ERR_INVALID_PROTOCOL",
    });
  });
});

/** A proxy that opens or refuses tunnels. */
async function startProxy(isOpen: boolean) {
  const tunnels: string[] = [];
  const proxy = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (data) => {
      const [, target = ""] = /^CONNECT (\S+)/.exec(String(data)) ?? [];
      tunnels.push(target);
      if (!isOpen) return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      const { hostname, port } = new URL(`http://${target}`);
      const upstream = connect(Number(port), hostname, () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
      upstream.on("error", () => socket.destroy());
      socket.pipe(upstream).pipe(socket);
    });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => void proxy.close());
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, tunnels };
}

/** Runs code against the built package in a separate Node process, because Node reads these settings at startup. */
async function inNode(code: string, env: Record<string, string>) {
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    env: { PATH: process.env.PATH, ...env },
  });
  return JSON.parse(stdout);
}

describe("NODE_USE_ENV_PROXY, Node's own setting", () => {
  const program = (basePath: string, fetch: string) => `
    import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";
    const attempts = [];
    Math.random = () => 0;
    const api = new PackagesApi(new Configuration({
      apiKey: "some-key-1", userId: "some-user-1", basePath: ${JSON.stringify(basePath)}, ${fetch}
      baseOptions: { onAttempt: (event) => attempts.push(event) },
    }));
    const result = await api.createPackage({ sim: "8910300000045681955", package_template: 1 }).then(
      ({ status }) => ({ status }), (error) => ({ ...error.toJSON(), message: error.message }));
    console.log(JSON.stringify({ ...result, attempts: attempts.length }));`;

  test.each([
    ["node:http", ""],
    ["fetch", "fetch: (request) => fetch(request),"],
  ])("over %s: uses the proxy, and recognises its refusal", async (_, fetch) => {
    let requests = 0;
    const server = createSecureServer(CERTIFICATE, (_, response) => {
      requests++;
      response.writeHead(201).end("{}");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const basePath = `https://localhost:${(server.address() as AddressInfo).port}`;
    const env = { NODE_USE_ENV_PROXY: "1", NODE_TLS_REJECT_UNAUTHORIZED: "0", NODE_NO_WARNINGS: "1" };

    const open = await startProxy(true);
    expect(await inNode(program(basePath, fetch), { ...env, HTTPS_PROXY: open.url })).toEqual({
      status: 201,
      attempts: 1,
    });
    expect(open.tunnels).toEqual([basePath.replace("https://", "")]);
    expect(requests).toBe(1);

    const closed = await startProxy(false);
    const refused = await inNode(program(basePath, fetch), { ...env, HTTPS_PROXY: closed.url });
    expect(refused).toMatchObject({ name: "EsimConnectionError", outcomeUnknown: false, attempts: 3 });
    expect(refused.message).toContain("the proxy refused the connection");
    expect(requests).toBe(1);
  });
});

test("the first call over node:http does not load undici", async () => {
  const server = await startHostileServer((response) => response.end(LIST));
  onTestFinished(() => server.close());
  const loaded = await inNode(
    `import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";
     const isLoaded = () => process.moduleLoadList.some((name) => name.includes("undici/undici"));
     const before = isLoaded();
     const api = new PackagesApi(new Configuration({ apiKey: "some-key-1", userId: "some-user-1", basePath: "${server.url}" }));
     const { status, requestId } = await api.getPackages();
     console.log(JSON.stringify({ before, status, after: isLoaded() }));`,
    {},
  );
  expect(loaded).toEqual({ before: false, status: 200, after: false });
});

describe("proxies and instrumentation of node:http", () => {
  const REQUEST = { sim: "8910300000045681955", package_template: 1 };

  test.each([
    "HTTP/1.1 204 No Content",
    "HTTP/1.1 201 Created\r\ncontent-length: 2",
    "HTTP/1.1 403 Forbidden",
    "HTTP/1.1 409 Conflict",
    "HTTP/1.1 503 Busy",
    "HTTP/1.1 302 Found\r\nlocation: /",
  ])("a proxy's answer to CONNECT, %s, is not taken for the server's", async (head) => {
    const proxy = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(`${head}\r\n\r\n{}`));
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    onTestFinished(() => void proxy.close());
    const agent = new HttpsProxyAgent(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const baseOptions = { maxRetries: 0, timeout: 5_000 };
    const api = new PackagesApi(
      new Configuration({ ...KEYS, basePath: "https://esim.invalid", agent, baseOptions }),
    );
    for (const call of [api.createPackage(REQUEST), api.activatePackage("x")])
      await expect(call).rejects.toMatchObject({
        name: "EsimConnectionError",
        outcomeUnknown: false,
        message: expect.stringContaining("the proxy refused the connection"),
      });
  });

  test("a proxy for http: receives the complete request", async () => {
    const proxy = await startHostileServer((response) => response.writeHead(201).end("{}"));
    onTestFinished(() => proxy.close());
    const agent = new HttpProxyAgent(proxy.url);
    const basePath = "http://localhost:9";
    await new PackagesApi(new Configuration({ ...KEYS, basePath, agent })).createPackage(REQUEST);
    expect(proxy.requests).toHaveLength(1);
    expect(proxy.requests[0]).toMatchObject({
      url: "http://localhost:9/packages",
      body: JSON.stringify(REQUEST),
      headers: { host: "localhost:9", "x-api-key": KEYS.apiKey, "x-user-id": KEYS.userId },
    });
  });

  test("instrumentation that adds a header by name does not affect the others", async () => {
    const http = process.getBuiltinModule("node:http");
    const original = http.request;
    http.request = ((options: { headers: object }, ...rest: []) =>
      original({ ...options, headers: { ...options.headers, traceparent: "00-1" } }, ...rest)) as never;
    onTestFinished(() => void Object.assign(http, { request: original }));
    const server = await startHostileServer((response) => response.writeHead(201).end("{}"));
    onTestFinished(() => server.close());
    await new PackagesApi(new Configuration({ ...KEYS, basePath: server.url })).createPackage(REQUEST);
    const { headers } = server.requests[0] as (typeof server.requests)[0];
    expect(headers).toMatchObject({ "x-api-key": KEYS.apiKey, "x-user-id": KEYS.userId });
    expect(Object.keys(headers).filter((name) => /^\d/.test(name))).toEqual([]);
  });

  test("properties added to Object.prototype are not sent as headers", async () => {
    const server = await startHostileServer((response) => response.end(LIST));
    onTestFinished(() => server.close());
    const api = new PackagesApi(new Configuration({ ...KEYS, basePath: server.url }));
    Object.defineProperty(Object.prototype, "polluted", {
      value: "yes",
      enumerable: true,
      configurable: true,
    });
    try {
      await api.getPackages();
    } finally {
      delete (Object.prototype as { polluted?: string }).polluted;
    }
    expect(server.requests[0]?.headers).not.toHaveProperty("polluted");
  });
});
