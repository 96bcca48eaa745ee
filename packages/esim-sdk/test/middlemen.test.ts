import { KEYS, type Misbehaviour, startHostileServer } from "@betatelltd/esim-testing";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { Configuration, createEsimClient, type EsimApiError, PackagesApi } from "../src/index.ts";

// Middlemen between the client and the network: instrumentation, caches and mocks that replace the global fetch or undici's dispatcher.

const REQUEST = { sim: "8910300000045681955", package_template: 21145354 };
const LIST = '{"total":0,"count":0,"offset":0,"packages":[]}';
const ok: Misbehaviour = (response, { method }) =>
  response.writeHead(method === "POST" ? 201 : 200, { "content-type": "application/json" }).end(LIST);

const originalFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = originalFetch;
});

async function setUp(misbehave: Misbehaviour = ok) {
  const server = await startHostileServer(misbehave);
  onTestFinished(() => server.close());
  const baseOptions = { maxRetries: 0 };
  return {
    server,
    api: new PackagesApi(new Configuration({ ...KEYS, basePath: server.url, baseOptions })),
    client: createEsimClient({ ...KEYS, baseUrl: server.url, ...baseOptions }),
  };
}

const patches: Record<string, typeof fetch> = {
  "passes on only its first argument": (input) => originalFetch(input),
  "passes on a copy of its first argument": (input) => originalFetch(new Request(input)),
  "consumes its first argument, then passes on both": async (input, init) => {
    if (input instanceof Request) await input.text();
    return originalFetch(input, init);
  },
  "passes on the URL and the second argument": (input, init) =>
    originalFetch(input instanceof Request ? input.url : input, init),
  "adds a header to the second argument": (input, init) =>
    originalFetch(input, { ...init, headers: { ...(init?.headers as object), traceparent: "00-1" } }),
};

describe.each(Object.entries(patches))("a global fetch that %s", (_, patch) => {
  test("sends every request completely and once", async () => {
    const { api, client, server } = await setUp();
    globalThis.fetch = patch;
    await api.getPackages();
    await api.createPackage(REQUEST);
    await client.POST("/packages", { body: REQUEST });
    expect(server.requests.map(({ method, body }) => [method, body && JSON.parse(body)])).toEqual([
      ["GET", ""],
      ["POST", REQUEST],
      ["POST", REQUEST],
    ]);
    for (const { headers } of server.requests)
      expect(headers).toMatchObject({ "x-api-key": KEYS.apiKey, "x-user-id": KEYS.userId });
    expect(server.requests[1]?.headers["content-type"]).toBe("application/json");
  });

  test("follows no redirect", async () => {
    const other = await startHostileServer(ok);
    onTestFinished(() => other.close());
    const { api } = await setUp((response) => response.writeHead(307, { location: other.url }).end());
    globalThis.fetch = patch;
    await expect(api.createPackage(REQUEST)).rejects.toMatchObject({ status: 307, outcomeUnknown: true });
    expect(other.requests).toEqual([]);
  });
});

test("a fetch that only looks at the Request sees everything, and that it must not be cached", async () => {
  const seen: Request[] = [];
  const fetch = async (request: Request) => {
    seen.push(request.clone());
    return new Response(LIST, { status: 201 });
  };
  const api = new PackagesApi(new Configuration({ ...KEYS, basePath: "http://localhost/base", fetch }));
  await api.createPackage(REQUEST);
  const [request] = seen as [Request];
  expect(request).toMatchObject({
    method: "POST",
    url: "http://localhost/base/packages",
    redirect: "manual",
    cache: "no-store",
  });
  expect(request.signal).toBeInstanceOf(AbortSignal);
  expect(await request.json()).toEqual(REQUEST);
  expect(request.headers.get("x-api-key")).toBe(KEYS.apiKey);
});

test("a fetch that a test spies on is used", async () => {
  const { api } = await setUp();
  let calls = 0;
  globalThis.fetch = async () => {
    calls++;
    return new Response(LIST);
  };
  await api.getPackages();
  expect(calls).toBe(1);
});

describe("undici's global dispatcher", () => {
  const symbol = [2, 1]
    .map((version) => Symbol.for(`undici.globalDispatcher.${version}`))
    .find((each) => each in globalThis) as symbol;
  type Dispatcher = { dispatch(...args: unknown[]): boolean };
  const dispatchers = globalThis as unknown as Record<symbol, Dispatcher>;

  test("that was composed with an interceptor sees every request", async () => {
    await originalFetch("data:,");
    const own = [1, 2]
      .map((version) => Symbol.for(`undici.globalDispatcher.${version}`))
      .filter((each) => dispatchers[each]);
    const before = own.map((each) => dispatchers[each] as Dispatcher);
    const { api, server } = await setUp();
    let calls = 0;
    for (const [at, each] of own.entries()) {
      const dispatcher = before[at] as Dispatcher;
      dispatchers[each] = new Proxy(dispatcher, {
        get(target, name) {
          if (name !== "dispatch") return Reflect.get(target, name);
          return (...args: unknown[]) => {
            calls++;
            return target.dispatch(...args);
          };
        },
      });
    }
    onTestFinished(() => {
      for (const [at, each] of own.entries()) dispatchers[each] = before[at] as Dispatcher;
    });
    await api.getPackages();
    expect(calls).toBe(1);
    expect(server.requests).toHaveLength(1);
  });

  test("that is Node's own is ignored", () => {
    expect(symbol === undefined || typeof dispatchers[symbol]?.dispatch).not.toBe("undefined");
  });
});

describe("old platforms", () => {
  test.each<[string, () => () => void]>([
    [
      "URL.canParse",
      () => {
        const { canParse } = URL;
        (URL as { canParse?: unknown }).canParse = undefined;
        return () => void Object.assign(URL, { canParse });
      },
    ],
    [
      "DOMException",
      () => {
        const original = globalThis.DOMException;
        (globalThis as { DOMException?: unknown }).DOMException = undefined;
        return () => void Object.assign(globalThis, { DOMException: original });
      },
    ],
    [
      "AbortSignal.any and timeout",
      () => {
        const { any, timeout } = AbortSignal;
        Object.assign(AbortSignal, { any: undefined, timeout: undefined });
        return () => void Object.assign(AbortSignal, { any, timeout });
      },
    ],
  ])("work without %s", async (_, remove) => {
    const { api } = await setUp();
    const restore = remove();
    try {
      expect((await api.getPackages()).status).toBe(200);
      const controller = new AbortController();
      const call = api.createPackage(REQUEST, { signal: controller.signal }).catch((error) => error);
      controller.abort(new Error("cancelled"));
      expect(await call).toMatchObject({ message: "cancelled" });
    } finally {
      restore();
    }
  });

  test("work with signals that lack throwIfAborted and reason", async () => {
    const { api, server } = await setUp(() => {});
    const target = new EventTarget();
    const old = {
      aborted: false,
      addEventListener: target.addEventListener.bind(target),
      removeEventListener: target.removeEventListener.bind(target),
    };
    const call = api.createPackage(REQUEST, { signal: old as unknown as AbortSignal });
    const failed = call.catch((error: EsimApiError) => error);
    await expect.poll(() => server.requests.length).toBe(1);
    old.aborted = true;
    target.dispatchEvent(new Event("abort"));
    expect(await failed).toMatchObject({ name: "AbortError", outcomeUnknown: true });
  });

  test("work with signals of another realm, which fetch rejects", async () => {
    const { AbortController: original } = globalThis;
    // Like jsdom's: not Node's EventTarget.
    class Foreign {
      readonly signal = Object.assign(new EventTarget(), { aborted: false, reason: undefined });
      abort() {
        this.signal.aborted = true;
        this.signal.dispatchEvent(new Event("abort"));
      }
    }
    globalThis.AbortController = Foreign as unknown as typeof AbortController;
    onTestFinished(() => {
      globalThis.AbortController = original;
    });
    const { api, client } = await setUp();
    expect((await api.getPackages()).status).toBe(200);
    expect((await client.GET("/packages")).response.status).toBe(200);
    const stalled = await setUp(() => {});
    await expect(stalled.api.getPackage("x", { timeout: 50 })).rejects.toMatchObject({
      name: "EsimTimeoutError",
    });
  });
});
