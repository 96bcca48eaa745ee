import { KEYS, startHostileServer } from "@betatelltd/esim-testing";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  Configuration,
  type ConfigurationParameters,
  createEsimClient,
  type EsimClientOptions,
  EsimUsageError,
  PackagesApi,
} from "../src/index.ts";

beforeEach(() => {
  for (const name of ["ESIM_API_KEY", "ESIM_USER_ID", "ESIM_BASE_URL"]) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());

/** Makes a call and returns the keys and the URL it was sent with. */
async function sentWith(make: (fetch: NonNullable<EsimClientOptions["fetch"]>) => Promise<unknown>) {
  const sent: Request[] = [];
  await make(async (request) => {
    sent.push(request);
    return new Response("{}", { headers: { "content-type": "application/json" } });
  });
  const [request] = sent;
  return {
    url: request?.url,
    apiKey: request?.headers.get("x-api-key"),
    userId: request?.headers.get("x-user-id"),
  };
}
const throughClient = (options: EsimClientOptions) =>
  sentWith((fetch) =>
    createEsimClient({ ...options, fetch }).GET("/packages/{id}", { params: { path: { id: "x" } } }),
  );
const throughApi = (parameters: ConfigurationParameters) =>
  sentWith((fetch) => new PackagesApi(new Configuration({ ...parameters, fetch })).getPackage("x"));

describe("an unknown option, from a caller without a compiler, is rejected by name", () => {
  test.each(["baseURL", "basePath", "userID", "timeOut", "api_key", "Fetch"])("%s of a client", (name) => {
    const make = () => createEsimClient({ ...KEYS, [name]: "http://127.0.0.1:1" });
    expect(make).toThrow(EsimUsageError);
    expect(make).toThrow(`unknown option ${name}; use one of apiKey, userId, baseUrl, `);
  });

  test.each(["baseUrl", "baseURL", "userID", "timeout", "accessToken"])("%s of a configuration", (name) => {
    const make = () => new Configuration({ ...KEYS, [name]: "http://127.0.0.1:1" });
    expect(make).toThrow(EsimUsageError);
    expect(make).toThrow(`unknown option ${name}; use one of apiKey, userId, basePath, baseOptions, `);
  });

  test.each(["basePath", "timeOut"])("%s of a configuration's baseOptions", (name) => {
    const configuration = new Configuration({ ...KEYS, baseOptions: { [name]: 1 } });
    expect(() => new PackagesApi(configuration)).toThrow(`unknown option ${name}; use one of `);
  });
});

describe("keys and server", () => {
  test("come from the options", async () => {
    const expected = { url: "http://localhost:1/api/packages/x", ...KEYS };
    expect(await throughClient({ ...KEYS, baseUrl: "http://localhost:1/api/" })).toEqual(expected);
    expect(await throughApi({ ...KEYS, basePath: "http://localhost:1/api//" })).toEqual(expected);
  });

  test("come from the environment if no options are set, with production as the default server", async () => {
    vi.stubEnv("ESIM_API_KEY", "env-key");
    vi.stubEnv("ESIM_USER_ID", "env-user");
    const production = {
      url: "https://esim.betatel.com/api/v1/esim/packages/x",
      apiKey: "env-key",
      userId: "env-user",
    };
    expect(await throughClient({})).toEqual(production);
    expect(await throughApi({})).toEqual(production);
    vi.stubEnv("ESIM_BASE_URL", "http://127.0.0.1:2");
    expect((await throughClient({})).url).toBe("http://127.0.0.1:2/packages/x");
    expect(await throughClient({ ...KEYS, baseUrl: "http://[::1]:3" })).toEqual({
      url: "http://[::1]:3/packages/x",
      ...KEYS,
    });
  });

  test.each<[string, ConfigurationParameters["apiKey"]]>([
    ["a function", (name) => (name === "x-api-key" ? KEYS.apiKey : KEYS.userId)],
    ["an async function", async (name) => (name === "x-api-key" ? KEYS.apiKey : KEYS.userId)],
  ])("can come from %s of the header's name, which overrides the environment", async (_, apiKey) => {
    vi.stubEnv("ESIM_USER_ID", "env-user");
    expect(await throughApi({ apiKey })).toMatchObject(KEYS);
    expect(await throughClient({ apiKey })).toMatchObject(KEYS);
  });

  test("can be promises; a rejected one fails the call, not the process", async () => {
    expect(await throughApi({ apiKey: Promise.resolve("p"), userId: Promise.resolve("u") })).toMatchObject({
      apiKey: "p",
      userId: "u",
    });
    const vault = new Error("the vault is sealed");
    await expect(throughApi({ apiKey: Promise.reject(vault), userId: "u" })).rejects.toBe(vault);
  });

  test("a single string in a Configuration is used for both headers, as in generated clients, unless ESIM_USER_ID is set", async () => {
    expect(await throughApi({ apiKey: "both" })).toMatchObject({ apiKey: "both", userId: "both" });
    vi.stubEnv("ESIM_USER_ID", "env-user");
    expect(await throughApi({ apiKey: "both" })).toMatchObject({ apiKey: "both", userId: "env-user" });
  });

  test("a function that never resolves hits the time limit", async () => {
    const client = createEsimClient({ apiKey: () => new Promise(() => {}), timeout: 50 });
    await expect(client.GET("/packages")).rejects.toMatchObject({
      name: "EsimTimeoutError",
      message: "getPackages: no keys within 50 ms (GET /api/v1/esim/packages)",
      outcomeUnknown: false,
    });
    const call = client.GET("/packages", { timeout: 0, signal: AbortSignal.timeout(50) });
    await expect(call).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("a function is called again for each call", async () => {
    let asked = 0;
    const client = createEsimClient({
      apiKey: () => `key-${asked++}`,
      fetch: async () => new Response("{}"),
    });
    await client.GET("/packages");
    await client.GET("/packages");
    expect(asked).toBe(4);
  });
});

describe("missing or invalid options fail at construction, with a message that says what to do", () => {
  test.each<[EsimClientOptions, string]>([
    [{ userId: "u" }, "apiKey is missing: pass it or set ESIM_API_KEY"],
    [{ apiKey: "k" }, "userId is missing: pass it or set ESIM_USER_ID"],
    [{ apiKey: "", userId: "u" }, "apiKey is missing: pass it or set ESIM_API_KEY"],
    [{ ...KEYS, timeout: -1 }, "timeout must be a number of milliseconds, 0 or more, not -1"],
    [
      { ...KEYS, totalTimeout: Number.NaN },
      "totalTimeout must be a number of milliseconds, 0 or more, not NaN",
    ],
    [
      { ...KEYS, maxRetries: "3" as unknown as number },
      "maxRetries must be a number of retries, 0 or more, not this string",
    ],
    [{ ...KEYS, headers: { host: "x" } }, "headers: host is set by the transport; leave it out"],
    [{ ...KEYS, headers: { "a b": "x" } }, "headers contains a name that HTTP does not allow"],
    [{ ...KEYS, headers: { a: "x\n" } }, "headers: a must be a string that HTTP allows, not this string"],
    [
      { ...KEYS, fetch, agent: {} },
      "fetch and agent cannot be combined: an agent applies to node:http only; pass one of them",
    ],
  ])("%o", (options, message) => {
    expect(() => createEsimClient(options)).toThrow(new EsimUsageError(message));
  });

  test("a call with an invalid limit sends nothing", async () => {
    const api = new PackagesApi(new Configuration({ ...KEYS, fetch: () => expect.unreachable("sent") }));
    await expect(api.getPackage("x", { maxRetries: -1 })).rejects.toBeInstanceOf(EsimUsageError);
  });

  test.each([
    "line\nbreak",
    "line\r\n",
    "null\0",
    "umlaut-ü",
    "bell\u0007",
    "\u202e",
    'quote"',
    "back\\slash",
    " ",
  ])("a key with %j is rejected and not quoted", async (suffix) => {
    const apiKey = `${KEYS.apiKey}${suffix}`;
    for (const make of [
      async () => createEsimClient({ apiKey, userId: "u" }),
      () => createEsimClient({ apiKey: () => apiKey, userId: "u" }).GET("/packages"),
    ]) {
      const error = await make().then(
        () => expect.unreachable("it should have been rejected"),
        (reason: unknown) => reason as Error,
      );
      expect(error).toBeInstanceOf(EsimUsageError);
      expect(`${error.stack}`).not.toContain(KEYS.apiKey);
    }
  });

  test.each([12_345_678, 12_345_678n, ["12345678"], { key: "12345678" }])(
    "a key that is not a string is rejected and not quoted: %s",
    async (key) => {
      const configuration = new Configuration({ apiKey: () => key as never, userId: "u" });
      const error = await new PackagesApi(configuration).getPackages().catch((reason) => reason);
      expect(error).toBeInstanceOf(EsimUsageError);
      expect(`${error.stack}${JSON.stringify(error)}`).not.toContain("12345678");
    },
  );

  test.each(["x", "+", "&", "%"])(
    "keys of %j up to 2,048 characters are sent and redacted, longer ones rejected",
    async (character) => {
      const key = character.repeat(2_048);
      const fetch = async () => Response.json({ message: `bad ${key}` }, { status: 418 });
      const configuration = new Configuration({ apiKey: key, userId: `${key.slice(1)}u`, fetch });
      const error = await new PackagesApi(configuration).getPackages().catch((reason) => reason);
      expect(error.message).toContain("418 getPackages: bad [redacted]");
      expect(() => createEsimClient({ apiKey: `${key}x`, userId: "u", fetch })).toThrow(
        "apiKey must have at most 2048 characters, not 2049: copy it again",
      );
    },
  );

  test.each([
    "http://example.com",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com/",
    "http://127.0.0.1@example.com/",
    "https://user:password@example.com",
    "https://example.com/?key=1",
    "https://example.com/#a",
    "ftp://example.com",
    "example.com",
    "",
    "/api",
  ])("base URL %s is rejected", (baseUrl) => {
    expect(() => createEsimClient({ ...KEYS, baseUrl })).toThrow(EsimUsageError);
  });

  test.each([
    "https://example.com",
    "http://localhost",
    "http://localhost:80/x",
    "http://127.1.2.3:4",
    "http://[::1]",
  ])("base URL %s is accepted", (baseUrl) => {
    expect(() => createEsimClient({ ...KEYS, baseUrl })).not.toThrow();
  });

  test("http: to another host needs allowInsecureHttp", () => {
    expect(() =>
      createEsimClient({ ...KEYS, baseUrl: "http://10.0.0.1", allowInsecureHttp: true }),
    ).not.toThrow();
    expect(() =>
      createEsimClient({ ...KEYS, baseUrl: "http://a:b@10.0.0.1", allowInsecureHttp: true }),
    ).toThrow();
  });
});

describe("arguments that would lead elsewhere are rejected before anything is sent", () => {
  test.each(["", ".", "..", undefined])("the ID %j", async (id) => {
    const server = await startHostileServer((response) => response.end("{}"));
    onTestFinished(() => server.close());
    const api = new PackagesApi(new Configuration({ ...KEYS, basePath: server.url }));
    for (const call of [
      api.getPackage(id as string),
      api.activatePackage(id as string),
      api.terminatePackage(id as string),
    ]) {
      await expect(call).rejects.toBeInstanceOf(EsimUsageError);
    }
    expect(server.requests).toHaveLength(0);
  });

  test("an ICCID passed as a number, which has lost digits", async () => {
    const api = new PackagesApi(new Configuration({ ...KEYS, fetch: () => expect.unreachable("sent") }));
    const sim = Number("8910300000045681955") as unknown as string;
    await expect(api.createPackage({ sim, package_template: 1 })).rejects.toBeInstanceOf(EsimUsageError);
    await expect(api.getPackages(1, 0, undefined, undefined, sim)).rejects.toBeInstanceOf(EsimUsageError);
  });
});
