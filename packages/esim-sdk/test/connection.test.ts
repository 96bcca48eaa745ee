import { once } from "node:events";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, createServer as createTcpServer } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { CERTIFICATE, KEYS, type Misbehaviour, startHostileServer } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type AttemptEvent,
  type CallOptions,
  Configuration,
  EsimApiError,
  type EsimConnectionError,
  PackagesApi,
} from "../src/index.ts";

// Whether a request was sent, and how exact bytes on the wire are read.

const REQUEST = { sim: "8910300000045681955", package_template: 21145354 };
const LIST = '{"total":0,"count":0,"offset":0,"packages":[]}';

function withoutWaits() {
  vi.spyOn(Math, "random").mockReturnValue(0);
  onTestFinished(() => void vi.restoreAllMocks());
}

function apiOf(basePath: string, baseOptions: CallOptions = {}) {
  const { signal: _, ...rest } = baseOptions;
  return new PackagesApi(new Configuration({ ...KEYS, basePath, baseOptions: rest }));
}

async function failure(call: Promise<unknown>): Promise<EsimApiError & EsimConnectionError> {
  return call.then(
    (value) => expect.unreachable(`it should have failed, but gave ${JSON.stringify(value)}`),
    (error) => error,
  );
}

async function listen(server: ReturnType<typeof createTcpServer> | ReturnType<typeof createSecureServer>) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe("a write that was certainly not sent", () => {
  /** The error of a failed write, and its attempts. */
  async function attempted(basePath: string) {
    withoutWaits();
    const attempts: AttemptEvent[] = [];
    const api = apiOf(basePath, { onAttempt: (event) => attempts.push(event), timeout: 5_000 });
    return { error: await failure(api.createPackage(REQUEST)), attempts: attempts.length };
  }

  test("a refused connection: outcome known, and retried", async () => {
    const server = await startHostileServer(() => {});
    await server.close();
    const { error, attempts } = await attempted(server.url);
    expect(error).toMatchObject({
      name: "EsimConnectionError",
      code: "ECONNREFUSED",
      outcomeUnknown: false,
      message: expect.stringContaining("could not connect [ECONNREFUSED]"),
    });
    expect(attempts).toBe(3);
  });

  test("an unknown host", async () => {
    const { error } = await attempted("https://no-such-host.invalid");
    expect(error).toMatchObject({ name: "EsimConnectionError", outcomeUnknown: false });
    expect(error.code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  test("an untrusted certificate: the error says what to do", async () => {
    let requests = 0;
    const server = createSecureServer(CERTIFICATE, (_, response) => {
      requests++;
      response.end("{}");
    });
    const port = await listen(server);
    const { error, attempts } = await attempted(`https://localhost:${port}`);
    expect(attempts, "a retry would not help").toBe(1);
    expect(error).toMatchObject({ name: "EsimConnectionError", outcomeUnknown: false });
    expect(error.message).toMatch(/could not connect \[DEPTH_ZERO_SELF_SIGNED_CERT\].*NODE_EXTRA_CA_CERTS/);
    expect(requests).toBe(0);
  });

  test("https: to a port that speaks http:", async () => {
    const server = await startHostileServer((response) => response.end("{}"));
    onTestFinished(() => server.close());
    const { error } = await attempted(server.url.replace("http:", "https:"));
    expect(error).toMatchObject({ name: "EsimConnectionError", outcomeUnknown: false });
    expect(error.message).toContain("does not speak TLS");
    expect(server.requests).toEqual([]);
  });
});

describe("a call that fails before anything is sent", () => {
  test.each<[string, CallOptions | (() => CallOptions)]>([
    ["a controller instead of its signal", { signal: new AbortController() as never }],
    ["an object instead of a signal", { signal: {} as never }],
    ["a string instead of a signal", { signal: "x" as never }],
  ])("%s is rejected, and leaves nothing behind", async (_, options) => {
    const server = await startHostileServer((response) => response.end("{}"));
    onTestFinished(() => server.close());
    const call = apiOf(server.url, { timeout: 20 }).createPackage(REQUEST, options as CallOptions);
    await expect(call).rejects.toThrow("signal must be an AbortSignal, not");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.requests).toEqual([]);
  });

  test("an abort in onAttempt rejects with the signal's reason", async () => {
    const server = await startHostileServer((response) => response.end("{}"));
    onTestFinished(() => server.close());
    const controller = new AbortController();
    const reason = new Error("not this one");
    const call = apiOf(server.url).createPackage(REQUEST, {
      signal: controller.signal,
      onAttempt: () => controller.abort(reason),
    });
    await expect(call).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });

  test("a write with no time left", async () => {
    const server = await startHostileServer((response) => response.end("{}"));
    onTestFinished(() => server.close());
    const block = () => {
      const end = performance.now() + 60;
      while (performance.now() < end);
      return KEYS.apiKey;
    };
    const baseOptions = { totalTimeout: 50 };
    const configuration = new Configuration({
      apiKey: block,
      userId: "some-user",
      basePath: server.url,
      baseOptions,
    });
    await expect(new PackagesApi(configuration).createPackage(REQUEST)).rejects.toMatchObject({
      name: "EsimTimeoutError",
      outcomeUnknown: false,
    });
    expect(server.requests).toEqual([]);
  });

  test.each<[object, string]>([
    [{ fetch: {} }, "fetch must be a function, not an object"],
    [{ agent: {} }, "agent must be an http.Agent or https.Agent, not an object"],
  ])("%j is rejected when the client is created", (options, message) => {
    expect(() => new PackagesApi(new Configuration({ ...KEYS, ...options }))).toThrow(message);
  });
});

test("a network that becomes unreachable after the bytes were sent proves nothing", async () => {
  const cause = Object.assign(new Error("read ENETUNREACH"), { code: "ENETUNREACH", syscall: "read" });
  let sent = 0;
  const fetch = () => {
    sent++;
    return Promise.reject(Object.assign(new TypeError("fetch failed"), { cause }));
  };
  const api = new PackagesApi(new Configuration({ ...KEYS, fetch }));
  expect(await failure(api.createPackage(REQUEST))).toMatchObject({
    code: "ENETUNREACH",
    outcomeUnknown: true,
  });
  expect(sent).toBe(1);
});

describe("a write that may have happened", () => {
  test.each<[string, Misbehaviour]>([
    ["a reset before the response", (response) => response.socket?.resetAndDestroy()],
    ["an end before the response", (response) => response.socket?.end()],
    ["a response that is not HTTP", (response) => response.socket?.end("what?\r\n\r\n")],
    [
      "a switch of protocols",
      (response) =>
        response.socket?.end("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
    ],
  ])("%s: sent once", async (_, misbehave) => {
    const server = await startHostileServer(misbehave);
    onTestFinished(() => server.close());
    const error = await failure(apiOf(server.url).createPackage(REQUEST));
    expect(error).toMatchObject({ outcomeUnknown: true });
    expect(server.requests).toHaveLength(1);
  });

  test("421 for a purchase, which some runtimes repeat themselves: sent once", async () => {
    const server = await startHostileServer((response) => response.writeHead(421).end("{}"));
    onTestFinished(() => server.close());
    const api = apiOf(server.url, { maxRetries: 0 });
    expect(await failure(api.createPackage(REQUEST))).toMatchObject({ status: 421 });
    expect(await failure(api.activatePackage("x"))).toMatchObject({ status: 421 });
    expect(server.requests.map(({ body, headers }) => [body, headers["content-length"]])).toEqual([
      [JSON.stringify(REQUEST), `${JSON.stringify(REQUEST).length}`],
      ["", "0"],
    ]);
  });

  test("a reset of a kept-alive connection during a purchase: sent once", async () => {
    const server = await startHostileServer((response, { method }) => {
      if (method === "GET") response.end(LIST);
      else response.socket?.resetAndDestroy();
    });
    onTestFinished(() => server.close());
    const api = apiOf(server.url);
    await api.getPackages();
    expect(await failure(api.createPackage(REQUEST))).toMatchObject({ outcomeUnknown: true });
    expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });
});

describe("response bodies", () => {
  const big = JSON.stringify({ total: 0, packages: [], filler: "ä".repeat(300_000) });
  const answer = (encoding: string, bytes: Uint8Array): Misbehaviour => {
    return (response) => response.writeHead(200, { "content-encoding": encoding }).end(bytes);
  };

  test.each([
    ["gzip", gzipSync(big)],
    ["br", brotliCompressSync(big)],
    ["deflate", deflateSync(big)],
    ["deflate", deflateRawSync(big)],
  ])("compressed with %s are read", async (encoding, bytes) => {
    const server = await startHostileServer(answer(encoding, bytes));
    onTestFinished(() => server.close());
    expect((await apiOf(server.url).getPackages()).data).toEqual(JSON.parse(big));
  });

  test.each(["utf-8", "none", "identity", ", ,", "x-mine"])(
    "with content-encoding %s are read as is",
    async (encoding) => {
      const server = await startHostileServer(answer(encoding, Buffer.from('{"id":"ä"}')));
      onTestFinished(() => server.close());
      expect((await apiOf(server.url).createPackage(REQUEST)).data).toEqual({ id: "ä" });
    },
  );

  test("that start with a byte order mark or arrive byte by byte are read", async () => {
    const server = await startHostileServer(async (response) => {
      for (const byte of Buffer.from('\ufeff{"id":"ä€😀"}')) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    onTestFinished(() => server.close());
    expect((await apiOf(server.url).getPackage("x")).data).toEqual({ id: "ä€😀" });
  });

  test.each<[string, Misbehaviour]>([
    [
      "with a length",
      (response) => response.writeHead(200, { "content-length": big.length }).end(big.slice(0, 10)),
    ],
    ["in chunks", (response) => response.writeHead(200).end(big)],
    [
      "without end",
      (response) => {
        response.writeHead(200);
        const more = () => {
          if (!response.destroyed) response.write("x".repeat(50_000), more);
        };
        more();
      },
    ],
    ["as a gzip bomb", answer("gzip", gzipSync(Buffer.alloc(50_000_000)))],
    ["as a brotli bomb", answer("br", brotliCompressSync(Buffer.alloc(50_000_000)))],
  ])("longer than maxResponseBytes are errors: %s", async (_, misbehave) => {
    const server = await startHostileServer(misbehave);
    onTestFinished(() => server.close());
    const error = await failure(
      apiOf(server.url, { maxResponseBytes: 100_000, maxRetries: 0, timeout: 5_000 }).getPackages(),
    );
    expect(error).toBeInstanceOf(EsimApiError);
    expect(error).toMatchObject({
      status: 200,
      message: expect.stringContaining("longer than maxResponseBytes (100000 bytes)"),
    });
  });

  test("from a custom fetch that understates their length are read no further than the limit", async () => {
    let pulled = 0;
    const fetch = async () => {
      const body = new ReadableStream({
        pull(controller) {
          pulled++;
          controller.enqueue(new Uint8Array(10_000));
          if (pulled > 10_000) controller.close();
        },
      });
      return new Response(body, { headers: { "content-length": "100" } });
    };
    const api = new PackagesApi(new Configuration({ ...KEYS, fetch }));
    await expect(api.getPackages({}, { maxResponseBytes: 50_000, maxRetries: 0 })).rejects.toThrow(
      "longer than maxResponseBytes",
    );
    expect(pulled).toBeLessThan(20);
  });

  test("of a purchase that cannot be decompressed make its outcome unknown", async () => {
    const server = await startHostileServer(answer("gzip", Buffer.from("no gzip")));
    onTestFinished(() => server.close());
    expect(await failure(apiOf(server.url).createPackage(REQUEST))).toMatchObject({ outcomeUnknown: true });
    expect(server.requests).toHaveLength(1);
  });
});

test("base URLs of every form work", async () => {
  const server = await startHostileServer((response) => response.end(LIST));
  onTestFinished(() => server.close());
  for (const basePath of [
    server.url,
    `${server.url}/`,
    `${server.url}/a/b/`,
    server.url.replace("127.0.0.1", "localhost"),
  ])
    await apiOf(basePath).getPackages(1);
  expect(server.requests.map(({ url }) => url)).toEqual([
    "/packages?count=1",
    "/packages?count=1",
    "/a/b/packages?count=1",
    "/packages?count=1",
  ]);
  expect(server.requests[0]?.headers.host).toBe(new URL(server.url).host);
});
