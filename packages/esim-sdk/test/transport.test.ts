import { KEYS, type Misbehaviour, startHostileServer } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type CallOptions,
  Configuration,
  createEsimClient,
  EsimApiError,
  EsimConnectionError,
  EsimTimeoutError,
  EsimUsageError,
  PackagesApi,
  ServerError,
} from "../src/index.ts";

// Responses that the mock cannot produce: exact bytes, redirects, HTML, truncation. The rest is in faults.test.ts.

const ANSWER = JSON.stringify({ total: 0, count: 0, offset: 0, packages: [] });
const REQUEST = { sim: "8910300000045681955", package_template: 21145354 };

const json = (status: number, body: string, headers: Record<string, string> = {}): Misbehaviour => {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
};
const reset: Misbehaviour = (response) => response.socket?.resetAndDestroy();
const stall: Misbehaviour = () => {};
const stallInBody: Misbehaviour = (response) => {
  response.writeHead(200, { "content-type": "application/json" }).write('{"total":');
};
const inTurn = (...steps: Misbehaviour[]): Misbehaviour => {
  return (response, request, nth) => steps[Math.min(nth, steps.length - 1)]?.(response, request, nth);
};

async function setUp(misbehave: Misbehaviour, options: CallOptions = {}) {
  const server = await startHostileServer(misbehave);
  onTestFinished(() => server.close());
  const { signal: _, ...baseOptions } = options;
  const api = new PackagesApi(new Configuration({ ...KEYS, basePath: server.url, baseOptions }));
  const client = createEsimClient({ ...KEYS, baseUrl: server.url, ...baseOptions });
  return { api, client, requests: server.requests, url: server.url };
}

/** Makes the random waits between attempts 0. */
function withoutWaits() {
  vi.spyOn(Math, "random").mockReturnValue(0);
  onTestFinished(() => void vi.restoreAllMocks());
}

async function failure(call: Promise<unknown>): Promise<EsimApiError & EsimConnectionError> {
  const error = await call.then(
    (value) => expect.unreachable(`it should have failed, but gave ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  return error as EsimApiError & EsimConnectionError;
}

describe("reads", () => {
  test("are retried if the connection breaks in the body", async () => {
    withoutWaits();
    const cut: Misbehaviour = (response) => {
      response.writeHead(200, { "content-length": "500", "content-type": "application/json" });
      response.write('{"total":', () => response.socket?.destroy());
    };
    const { api, requests } = await setUp(inTurn(cut, cut, json(200, ANSWER)));
    expect((await api.getPackages()).data.total).toBe(0);
    expect(requests).toHaveLength(3);
  });

  test("maxRetries limits the retries, for a client and for a call of either layer", async () => {
    withoutWaits();
    const { api, client, requests } = await setUp(reset, { maxRetries: 1 });
    await failure(api.getPackages());
    expect(requests).toHaveLength(2);
    await failure(api.getPackage("x", { maxRetries: 0 }));
    expect(requests).toHaveLength(3);
    await failure(client.GET("/packages", { maxRetries: 0 }));
    expect(requests).toHaveLength(4);
  });
});

describe("writes", () => {
  test.each([
    ["a timeout in the body", stallInBody, EsimTimeoutError],
    ["a success that is not JSON", json(201, "<html>"), EsimApiError],
    ["a success without a body", json(201, ""), EsimApiError],
  ])("are sent once, and their outcome is unknown, after %s", async (_, misbehave, Class) => {
    const { api, requests } = await setUp(misbehave, { timeout: 1_000 });
    const error = await failure(api.createPackage(REQUEST));
    expect(error).toBeInstanceOf(Class);
    expect(error.outcomeUnknown).toBe(true);
    expect(requests).toHaveLength(1);
  });

  test("are retried if the server refuses the connection, because nothing can have happened", async () => {
    withoutWaits();
    const server = await startHostileServer(stall);
    await server.close();
    let attempts = 0;
    const counted = (request: Request) => {
      attempts++;
      return fetch(request);
    };
    const api = new PackagesApi(new Configuration({ ...KEYS, basePath: server.url, fetch: counted }));
    const error = await failure(api.activatePackage("x"));
    expect(error).toBeInstanceOf(EsimConnectionError);
    expect(error).toMatchObject({
      code: "ECONNREFUSED",
      outcomeUnknown: false,
      operation: "activatePackage",
    });
    expect(error.message).toContain("could not connect [ECONNREFUSED]");
    expect(attempts).toBe(3);
  });

  test.each([
    ["a login page", "<html>sign in</html>"],
    ["JSON", "{}"],
    ["an empty body", ""],
  ])("with a documented 204 do not succeed with 200 and %s", async (_, body) => {
    const { api, requests } = await setUp(json(200, body));
    for (const call of [api.activatePackage("x"), api.terminatePackage("x")])
      expect(await failure(call)).toMatchObject({
        status: 200,
        outcomeUnknown: true,
        message: expect.stringContaining("expected 204"),
      });
    expect(requests).toHaveLength(2);
  });
});

describe("time limits", () => {
  test("cover the body", async () => {
    const { api } = await setUp(stallInBody, { timeout: 100, maxRetries: 0 });
    const error = await failure(api.getPackages());
    expect(error).toBeInstanceOf(EsimTimeoutError);
    expect(error.message).toBe("getPackages: no response within 100 ms (GET /packages)");
  });

  test("hold even if fetch ignores the signal", async () => {
    const deaf = () => new Promise<Response>(() => {});
    const api = new PackagesApi(new Configuration({ ...KEYS, fetch: deaf }));
    expect(await failure(api.getPackage("x", { timeout: 50, maxRetries: 0 }))).toBeInstanceOf(
      EsimTimeoutError,
    );
  });
});

describe("an abort", () => {
  test("before the call sends nothing", async () => {
    const { api, requests } = await setUp(json(200, ANSWER));
    const reason = new Error("changed my mind");
    expect(await failure(api.createPackage(REQUEST, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(requests).toHaveLength(0);
  });

  test("ends the wait between two attempts", async () => {
    const controller = new AbortController();
    const { api, requests } = await setUp((response, request, nth) => {
      json(503, "{}", { "retry-after": "59" })(response, request, nth);
      setTimeout(() => controller.abort(), 20);
    });
    expect(
      (await failure(api.getPackages(1, 0, 1, 1, "x", "ACTIVE", { signal: controller.signal }))).name,
    ).toBe("AbortError");
    expect(requests).toHaveLength(1);
  });

  test("leaves no listener on a long-lived signal", async () => {
    const { api } = await setUp(json(200, "{}"));
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, "addEventListener");
    const remove = vi.spyOn(signal, "removeEventListener");
    await api.getPackage("x", { signal });
    const listeners = (spy: typeof add | typeof remove) =>
      spy.mock.calls.map(([type, listener]) => [type, listener]);
    expect(listeners(add).length).toBeGreaterThan(0);
    expect(listeners(remove)).toEqual(listeners(add));
  });
});

describe("redirects", () => {
  test.each([301, 302, 303, 307, 308])(
    "with %i are refused, and the keys are not sent on",
    async (status) => {
      const other = await startHostileServer(json(200, ANSWER));
      onTestFinished(() => other.close());
      const { api, client, requests } = await setUp(json(status, "", { location: `${other.url}/stolen` }));
      const error = await failure(api.getPackages());
      expect(error).toBeInstanceOf(EsimApiError);
      expect(error.status).toBe(status);
      expect(error.message).toContain(`redirect to ${other.url}/stolen refused`);
      expect(await failure(client.POST("/packages", { body: REQUEST }))).toMatchObject({
        status,
        outcomeUnknown: true,
      });
      expect(other.requests).toHaveLength(0);
      expect(requests).toHaveLength(2);
    },
  );

  test("to the same server are refused too", async () => {
    const { api, requests } = await setUp(json(302, "", { location: "/elsewhere" }));
    expect((await failure(api.getPackages())).status).toBe(302);
    expect(requests).toHaveLength(1);
  });
});

describe("responses that break the contract", () => {
  test.each([
    [
      "HTML from a proxy",
      502,
      "<html><h1>Bad gateway</h1></html>",
      "text/html",
      ServerError,
      "502 getPackage: Bad Gateway (GET /packages/x)",
    ],
    [
      "an empty error",
      500,
      "",
      "text/plain",
      ServerError,
      "500 getPackage: Internal Server Error (GET /packages/x)",
    ],
    [
      "a status that HTTP does not define",
      799,
      '{"message":"?"}',
      "application/json",
      ServerError,
      "799 getPackage: ? (GET /packages/x)",
    ],
    [
      "HTML as a success",
      200,
      "<html>sign in</html>",
      "text/html",
      EsimApiError,
      "200 getPackage: no JSON (GET /packages/x)",
    ],
    [
      "truncated JSON",
      200,
      '{"id":"pk',
      "application/json",
      EsimApiError,
      "200 getPackage: no JSON (GET /packages/x)",
    ],
    [
      "an empty success",
      200,
      "",
      "application/json",
      EsimApiError,
      "200 getPackage: no JSON (GET /packages/x)",
    ],
  ])("%s", async (_, status, body, type, Class, message) => {
    const { api, client } = await setUp(json(status, body, { "content-type": type }), { maxRetries: 0 });
    const error = await failure(api.getPackage("x"));
    expect(error).toBeInstanceOf(Class);
    expect(error).toMatchObject({
      status,
      operation: "getPackage",
      method: "GET",
      path: "/packages/x",
      message,
    });
    if (status >= 400)
      expect((await client.GET("/packages/{id}", { params: { path: { id: "x" } } })).response.status).toBe(
        status,
      );
  });

  test("truncated JSON in chunks, without a length", async () => {
    const { api } = await setUp((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"id":');
      response.end();
    });
    expect((await failure(api.getPackage("x"))).body).toBe('{"id":');
  });

  test("204 instead of a package", async () => {
    const { api } = await setUp((response) => response.writeHead(204).end());
    expect(await failure(api.getPackage("x"))).toMatchObject({ status: 204, name: "EsimApiError" });
  });

  test("an error has the request ID, and its message is one line", async () => {
    const { api } = await setUp(
      json(404, '{"message":"gone\\u001b[31m\\nand closed"}', { "x-request-id": "req_8" }),
    );
    const error = await failure(api.getPackage("x"));
    expect(error.requestId).toBe("req_8");
    expect(error.message).toBe("404 getPackage: gone [31m and closed (GET /packages/x, request req_8)");
  });
});

describe("where the keys go", () => {
  test("to both headers of the configured server", async () => {
    const { api, requests } = await setUp(json(200, ANSWER));
    await api.getPackages();
    expect(requests[0]?.headers).toMatchObject({ "x-api-key": KEYS.apiKey, "x-user-id": KEYS.userId });
    expect(requests[0]?.headers["user-agent"]).toMatch(/^esim-sdk\/\d/);
  });

  test("never to another base URL", async () => {
    const other = await startHostileServer(json(200, ANSWER));
    onTestFinished(() => other.close());
    const { client } = await setUp(json(200, ANSWER));
    expect(await failure(client.GET("/packages", { baseUrl: other.url }))).toBeInstanceOf(EsimUsageError);
    expect(other.requests).toHaveLength(0);
  });

  test("not to middleware, which sees requests without them", async () => {
    const { client } = await setUp(json(200, ANSWER));
    const seen: string[] = [];
    client.use({
      onRequest: ({ request }) => void seen.push(...request.headers.keys()),
      onResponse: ({ request }) => void seen.push(...request.headers.keys()),
    });
    await client.GET("/packages");
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((name) => name.startsWith("x-"))).toEqual([]);
  });
});

describe("openapi-fetch's other features", () => {
  const list = { total: 0, count: 0, offset: 0, packages: [] };

  test.each([
    ["text", (data: unknown) => data],
    ["blob", (data: unknown) => (data as Blob).text()],
    ["arrayBuffer", (data: unknown) => Buffer.from(data as ArrayBuffer).toString()],
    ["stream", (data: unknown) => new Response(data as ReadableStream).text()],
  ] as const)("a response can be read as %s", async (parseAs, read) => {
    const { client } = await setUp(json(200, ANSWER));
    expect(await read((await client.GET("/packages", { parseAs })).data)).toBe(ANSWER);
  });

  test("responses and errors can be read more than once", async () => {
    const { api, client } = await setUp(inTurn(json(200, ANSWER), json(404, '{"message":"gone"}')));
    const { response } = await client.GET("/packages");
    expect(await response.json()).toEqual(list);
    expect(await response.clone().text()).toBe(ANSWER);
    const error = await failure(api.getPackage("x"));
    expect(await error.response.json()).toEqual({ message: "gone" });
  });

  test("middleware can read a response and replace it", async () => {
    const { client } = await setUp(json(200, ANSWER));
    client.use({
      async onResponse({ response }) {
        expect(await response.clone().json()).toEqual(list);
        return new Response(response.body, { status: 202, headers: { "x-seen": "yes" } });
      },
    });
    const { data, response } = await client.GET("/packages");
    expect(data).toEqual(list);
    expect(response.status).toBe(202);
  });

  test("a success that is not JSON is an error of this SDK, with or without a length", async () => {
    const { client } = await setUp(
      inTurn(json(200, "<html>", { "content-length": "6" }), (response) =>
        response.writeHead(200).end("<html>"),
      ),
    );
    for (const _ of [1, 2]) {
      const error = await failure(client.GET("/packages"));
      expect(error).toBeInstanceOf(EsimApiError);
      expect(error.message).toContain("no JSON");
    }
  });
});
