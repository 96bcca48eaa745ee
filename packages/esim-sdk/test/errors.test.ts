import { createRequire } from "node:module";
import { inspect } from "node:util";
import { KEYS, type Misbehaviour, printed, startHostileServer } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  Configuration,
  createEsimClient,
  EsimApiError,
  EsimConnectionError,
  EsimError,
  EsimTimeoutError,
  EsimUsageError,
  NotFoundError,
  PackagesApi,
} from "../src/index.ts";

const REQUEST = { sim: "8910300000045681955", package_template: 21145354 };

async function setUp(misbehave: Misbehaviour) {
  const server = await startHostileServer(misbehave);
  onTestFinished(() => server.close());
  const baseOptions = { maxRetries: 0 };
  return {
    api: new PackagesApi(new Configuration({ ...KEYS, basePath: server.url, baseOptions })),
    client: createEsimClient({ ...KEYS, baseUrl: server.url, ...baseOptions }),
  };
}
const failure = (call: Promise<unknown>): Promise<EsimApiError> =>
  call.then(
    () => expect.unreachable("it should have failed"),
    (error) => error,
  );

describe("keys that a server sends back", () => {
  const { apiKey, userId } = KEYS;
  const quoted = `${apiKey} ${userId} ${encodeURIComponent(apiKey)} ${btoa(apiKey)}`;
  const raw =
    (text: string): Misbehaviour =>
    (response) =>
      response.socket?.end(text);

  test.each<[string, Misbehaviour]>([
    ["in the status text", raw(`HTTP/1.1 401 invalid key ${apiKey}\r\ncontent-length: 2\r\n\r\n{}`)],
    [
      "on a page with 200",
      (response) =>
        response.writeHead(200, { "x-echo": quoted, "content-type": "text/html" }).end(`<p>${quoted}`),
    ],
    [
      "on a page with 201",
      (response) => response.writeHead(201, { "x-request-id": apiKey }).end(`<p>${quoted}`),
    ],
    ["on a page where 204 is promised", (response) => response.writeHead(200).end(quoted)],
    ["in a header's name", raw(`HTTP/1.1 500 x\r\nx-${apiKey}: 1\r\ncontent-length: 2\r\n\r\n{}`)],
    ["in a redirect", (response) => response.writeHead(302, { location: `/?k=${apiKey}` }).end(quoted)],
    [
      "in JSON, nested and escaped",
      (response) =>
        response
          .writeHead(400)
          .end(JSON.stringify({ message: { deep: [quoted] }, echo: { [apiKey]: userId } })),
    ],
  ])("%s do not appear in any error", async (_, misbehave) => {
    const { api, client } = await setUp(misbehave);
    const errors = await Promise.all([
      failure(api.getPackages()),
      failure(api.createPackage(REQUEST)),
      failure(api.activatePackage("x")),
      client.GET("/packages").catch((error) => error),
    ]);
    for (const error of errors) {
      const response = (error as EsimApiError).response as Response | undefined;
      const everything = [
        printed(error),
        response && (await response.text()),
        response?.statusText,
        response && JSON.stringify([...response.headers]),
        inspect(error, { depth: 20, showHidden: true }),
      ].join("\n");
      for (const key of [apiKey, userId, btoa(apiKey)]) expect(everything).not.toContain(key);
    }
    expect(errors[0]).toBeInstanceOf(EsimApiError);
  });

  const hex = (character: string, digits: number) =>
    character.charCodeAt(0).toString(16).padStart(digits, "0");
  const odd = (key: string, write: (character: string) => string) => key.replace(/[^A-Za-z0-9]/g, write);
  const spellings: Record<string, (key: string) => string> = {
    "as they are": (key) => key,
    "as in a URL": encodeURIComponent,
    "as in a URL, in lower case": (key) => odd(key, (each) => `%${hex(each, 2)}`),
    "as a URL within a URL": (key) => encodeURIComponent(encodeURIComponent(key)),
    "as in PHP's JSON": (key) => key.replaceAll("/", "\\/"),
    "as in .NET's JSON": (key) => odd(key, (each) => `\\u${hex(each, 4).toUpperCase()}`),
    "as in JSON within JSON": (key) => odd(key, (each) => `\\\\u${hex(each, 4)}`),
    "as in HTML": (key) =>
      key.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("'", "&#39;"),
    "as in HTML from a template engine": (key) => odd(key, (each) => `&#x${hex(each, 2).toUpperCase()};`),
    "in base64": btoa,
    "in base64url": (key) => btoa(key).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
  };

  test.each(Object.entries(spellings))("%s, do not appear in any error", async (_, spell) => {
    const keys = { apiKey: "sec&ret<key>'1+/=?.*[x]", userId: "user+id/=&1~~~???" };
    const written = Object.values(keys).map(spell);
    const bodies = [
      `<p>${written.join(" ")}`,
      `{"message":"not with ${written[0]}","echo":{"${written[1]}":["${written[0]}"]}}`,
    ];
    for (const body of bodies) {
      const fetch = async () => new Response(body, { status: 401 });
      const error = await failure(new PackagesApi(new Configuration({ ...keys, fetch })).getPackage("x"));
      const everything = `${printed(error)} ${await error.response.text()} ${JSON.stringify(error.body)}`;
      for (const each of [...Object.values(keys), ...written]) {
        expect(everything).not.toContain(each);
        expect(everything).not.toContain(JSON.stringify(each).slice(1, -1));
      }
      expect(everything).toContain("[redacted]");
    }
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe("anything thrown becomes an error of this SDK", () => {
  const cyclic = Object.assign(new Error("x"), { cause: undefined as unknown });
  cyclic.cause = cyclic;
  const long = Array.from({ length: 10_000 }).reduce(
    (cause: unknown) => new Error("link", { cause }),
    new Error("end"),
  );
  const hostile = {
    get message() {
      throw new Error("no");
    },
    get cause() {
      throw new Error("no");
    },
    get code() {
      throw new Error("no");
    },
  };

  test.each<[string, unknown]>([
    ["an error that causes itself", cyclic],
    ["a long chain of causes", long],
    ["an object whose getters throw", hostile],
    ["an object without a prototype", Object.create(null)],
    ["undefined", undefined],
    ["null", null],
    ["a symbol", Symbol("odd")],
    ["a number", 0],
    ["a string with the key", `failed with ${KEYS.apiKey}`],
    ["a code that is the key", Object.assign(new Error("x"), { code: KEYS.apiKey })],
    ["a message that is an object", { message: { toString: 1 } }],
    ["a revoked proxy", revoked()],
  ])("%s", async (_, thrown) => {
    const fetch = () => Promise.reject(thrown);
    const error = await failure(
      new PackagesApi(new Configuration({ ...KEYS, fetch })).createPackage(REQUEST),
    );
    expect(error).toBeInstanceOf(EsimConnectionError);
    expect(error).toMatchObject({ operation: "createPackage", outcomeUnknown: true });
    expect(error.message).toMatch(/^createPackage: connection lost \[.+\] \(POST/);
    expect(printed(error)).not.toContain(KEYS.apiKey);
  });

  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["a number", 1],
    ["an empty object", {}],
  ])("a fetch that resolves to %s", async (_, answer) => {
    const fetch = async () => answer as Response;
    const error = await failure(
      new PackagesApi(new Configuration({ ...KEYS, fetch })).createPackage(REQUEST),
    );
    expect(error).toBeInstanceOf(EsimConnectionError);
    expect(error.outcomeUnknown).toBe(true);
  });
});

describe("an error's message and fields", () => {
  test("for a message nested too deeply to serialize", async () => {
    const depth = 100_000;
    const { api } = await setUp((response) =>
      response.writeHead(500).end(`{"message":${"[".repeat(depth)}${"]".repeat(depth)}}`),
    );
    expect(await failure(api.createPackage(REQUEST))).toMatchObject({
      name: "ServerError",
      outcomeUnknown: true,
      message: "500 createPackage: Internal Server Error (POST /packages)",
    });
  });

  test("for a long failure: one short line", async () => {
    const fetch = () => Promise.reject(new Error("a\u001b[2Jb\n".repeat(2_000)));
    const { message } = await failure(
      new PackagesApi(new Configuration({ ...KEYS, fetch })).createPackage(REQUEST),
    );
    expect(message.length).toBeLessThan(400);
    expect(message).toMatch(/^\P{Cc}+$/u);
  });

  test("retryAfter, for any status", async () => {
    const { api } = await setUp((response) => response.writeHead(503, { "retry-after": "120" }).end("{}"));
    expect(await failure(api.createPackage(REQUEST))).toMatchObject({ status: 503, retryAfter: 120 });
  });

  test.each([
    ['{"message":{"toString":1}}', '500 getPackage: {"toString":1} ('],
    ['{"message":["a","b"]}', '500 getPackage: ["a","b"] ('],
    ['{"message":7}', "500 getPackage: 7 ("],
    ['{"message":null}', "500 getPackage: Internal Server Error ("],
    ["[]", "500 getPackage: Internal Server Error ("],
    ["null", "500 getPackage: Internal Server Error ("],
    ["text", "500 getPackage: Internal Server Error ("],
  ])("for the body %s", async (body, message) => {
    const { api } = await setUp((response) => response.writeHead(500).end(body));
    expect((await failure(api.getPackage("x"))).message).toContain(message);
  });

  test("for a status without a reason phrase, as in HTTP/2", async () => {
    const { api } = await setUp((response) =>
      response.socket?.end("HTTP/1.1 500 \r\ncontent-length: 0\r\n\r\n"),
    );
    expect((await failure(api.getPackage("x"))).message).toBe(
      "500 getPackage: the server gave no reason (GET /packages/x)",
    );
  });

  test("as JSON", async () => {
    const { api } = await setUp((response) =>
      response.writeHead(404, { "x-request-id": "req_1" }).end('{"message":"gone"}'),
    );
    expect(JSON.parse(JSON.stringify(await failure(api.getPackage("x"))))).toEqual({
      name: "NotFoundError",
      message: "404 getPackage: gone (GET /packages/x, request req_1)",
      status: 404,
      operation: "getPackage",
      outcomeUnknown: false,
      requestId: "req_1",
    });
    const lost = await failure(
      new PackagesApi(
        new Configuration({
          ...KEYS,
          fetch: () => Promise.reject(Object.assign(new Error("x"), { code: "E" })),
        }),
      ).createPackage(REQUEST),
    );
    expect(JSON.parse(JSON.stringify(lost))).toEqual({
      name: "EsimConnectionError",
      message: expect.stringContaining("connection lost [E]"),
      operation: "createPackage",
      outcomeUnknown: true,
      code: "E",
    });
  });

  test("in console.log, with the body only once", async () => {
    const { api } = await setUp((response) => response.writeHead(500).end('{"detail":"what-went-wrong"}'));
    expect(inspect(await failure(api.getPackage("x")), { depth: 20 }).match(/what-went-wrong/g)).toHaveLength(
      1,
    );
  });

  test("where code written for an axios client expects them", async () => {
    const { api } = await setUp((response) =>
      response.writeHead(404, { "x-a": "1", "set-cookie": ["a=1", "b=2"] }).end('{"message":"gone"}'),
    );
    const { response } = await failure(api.getPackage("x"));
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({
      status: 404,
      ok: false,
      statusText: "Not Found",
      data: { message: "gone" },
    });
    expect(response.headers.get("x-a")).toBe("1");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await response.json()).toEqual({ message: "gone" });
    expect(await response.clone().text()).toBe('{"message":"gone"}');
  });
});

describe("isInstance", () => {
  test("recognises a class and its base classes", async () => {
    const { api } = await setUp((response) => response.writeHead(404).end("{}"));
    const error = await failure(api.getPackage("x"));
    for (const Class of [EsimError, EsimApiError, NotFoundError]) expect(Class.isInstance(error)).toBe(true);
    for (const Class of [EsimUsageError, EsimConnectionError, EsimTimeoutError])
      expect(Class.isInstance(error)).toBe(false);
    for (const other of [undefined, null, 1, "x", {}, new Error("x")])
      expect(EsimError.isInstance(other)).toBe(false);
  });

  test("recognises errors from another copy, as ES module and as CommonJS", async () => {
    const require = createRequire(import.meta.url);
    const copies = [
      await import("@betatelltd/esim-sdk"),
      require("@betatelltd/esim-sdk"),
      await import("@betatelltd/esim-sdk/once"),
    ] as typeof import("../src/index.ts")[];
    for (const copy of copies) {
      const fetch = async () => new Response("{}", { status: 404 });
      const api = new copy.PackagesApi(new copy.Configuration({ ...KEYS, fetch }));
      const error = await failure(api.getPackage("x"));
      expect(error).not.toBeInstanceOf(EsimError);
      expect(NotFoundError.isInstance(error)).toBe(true);
      expect(EsimConnectionError.isInstance(error)).toBe(false);
    }
  });
});

describe("missing credentials", () => {
  test("a promise that rejects before any call does not end the process, but fails the first call", async () => {
    const reasons: unknown[] = [];
    const listen = (reason: unknown) => reasons.push(reason);
    process.on("unhandledRejection", listen);
    const apiKey = Promise.reject(new Error("the vault is sealed"));
    const client = createEsimClient({ apiKey, userId: "u" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", listen);
    expect(reasons).toEqual([]);
    await expect(client.GET("/packages")).rejects.toThrow("the vault is sealed");
  });

  test("a variable that is not needed is not read, and one that cannot be read counts as missing", () => {
    const env = process.env;
    const read: string[] = [];
    process.env = new Proxy(env, {
      get(target, name) {
        if (typeof name === "string" && name.startsWith("ESIM_")) {
          read.push(name);
          throw new Error("NotCapable");
        }
        return Reflect.get(target, name);
      },
    });
    try {
      new PackagesApi(new Configuration({ ...KEYS, basePath: "http://localhost" }));
      createEsimClient({ ...KEYS, baseUrl: "http://localhost" });
      expect(read).toEqual([]);
      expect(() => createEsimClient({ userId: "u" })).toThrow(
        "apiKey is missing: pass it or set ESIM_API_KEY",
      );
    } finally {
      process.env = env;
    }
  });

  test("a plain object instead of a Configuration is rejected", () => {
    expect(() => new PackagesApi({ ...KEYS } as unknown as Configuration)).toThrow(EsimUsageError);
  });
});
