import { KEYS, startHostileServer } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  Configuration,
  createEsimClient,
  ESIMRSPApi,
  type EsimClient,
  EsimUsageError,
  InventoryApi,
  PackagesApi,
  PCRProfileApi,
} from "../src/index.ts";

const LIST = '{"total":0,"count":0,"offset":0,"packages":[]}';
const SIM = "8910300000045681955";

async function setUp() {
  const server = await startHostileServer((response) =>
    response.writeHead(200, { "x-request-id": "req_1", "x-rate": "7" }).end(LIST),
  );
  onTestFinished(() => server.close());
  return {
    server,
    api: new PackagesApi(new Configuration({ ...KEYS, basePath: server.url })),
    client: createEsimClient({ ...KEYS, baseUrl: server.url }),
  };
}

describe("a list accepts one object instead of positional arguments", () => {
  test("with the arguments' names", async () => {
    const { api, server } = await setUp();
    await api.getPackages({
      sim: SIM,
      status: "ACTIVE",
      count: 50,
      packageTemplate: 7,
      inventory: undefined,
    });
    await api.getPackages(50, undefined, undefined, 7, SIM, "ACTIVE");
    const [byName, byPosition] = server.requests.map(({ url }) =>
      Object.fromEntries(new URL(url, server.url).searchParams),
    );
    expect(byName).toEqual({ sim: SIM, status: "ACTIVE", count: "50", package_template: "7" });
    expect(byName).toEqual(byPosition);
  });

  test("followed by the options", async () => {
    const { api, server } = await setUp();
    await api.getPackages({}, { headers: { "x-mine": "1" } });
    expect(server.requests[0]?.url).toBe("/packages");
    expect(server.requests[0]?.headers["x-mine"]).toBe("1");
  });

  test.each<[object]>([[{ package_template: 7 }], [{ sims: SIM }], [{ toString: 1 }], [{ constructor: 1 }]])(
    "but rejects %j, because ignoring it would list more than was asked for",
    async (query) => {
      const { api, server } = await setUp();
      await expect(async () => api.getPackages(query as object)).rejects.toThrow(
        /^getPackages has no parameter ".+"; it takes count, offset, inventory, packageTemplate, sim, status$/,
      );
      await expect(api.iteratePackages(query as object).next()).rejects.toBeInstanceOf(EsimUsageError);
      expect(server.requests).toEqual([]);
    },
  );
});

test("a result has status, data, headers and the request ID", async () => {
  const { api } = await setUp();
  const { status, data, headers, requestId } = await api.getPackages();
  expect({ status, data, requestId }).toEqual({ status: 200, data: JSON.parse(LIST), requestId: "req_1" });
  expect(headers).toBeInstanceOf(Headers);
  expect(headers.get("x-rate")).toBe("7");
});

describe("an argument that cannot be sent is rejected by name", () => {
  test.each<[string, (api: PackagesApi) => unknown, string]>([
    [
      "no ID",
      (api) => api.getPackage(undefined as never),
      'id must be a number or a non-empty string other than "." and "..", not undefined',
    ],
    [
      "an empty ID",
      (api) => api.getPackage(""),
      'id must be a number or a non-empty string other than "." and "..", not an empty string',
    ],
    [
      "dots",
      (api) => api.activatePackage(".."),
      'id must be a number or a non-empty string other than "." and "..", not this string',
    ],
    [
      "an object",
      (api) => api.terminatePackage({} as never),
      'id must be a number or a non-empty string other than "." and "..", not an object',
    ],
    [
      "half a surrogate pair",
      (api) => api.getPackage("\ud800"),
      "id must be valid Unicode: it contains half of a surrogate pair",
    ],
    [
      "an ICCID that lost digits",
      (api) => api.getPackages({ sim: Number(SIM) as never }),
      "sim must be a string of digits, not 8910300000045682000: a number of that length loses digits",
    ],
    [
      "a list of objects",
      (api) => api.getPackages({ sim: undefined, count: [{}] as never }),
      "count must be a string or a number, not an object",
    ],
    [
      "a body with a cycle",
      (api) => {
        const body: Record<string, unknown> = { sim: SIM, package_template: 1 };
        body.self = body;
        return api.createPackage(body as never);
      },
      "the body cannot be written as JSON",
    ],
  ])("%s", async (_, call, message) => {
    const { api, server } = await setUp();
    const error = await (async () => call(api))().catch((reason: unknown) => reason as Error);
    if (!(error instanceof Error)) expect.unreachable("it should have been rejected");
    expect(error).toBeInstanceOf(EsimUsageError);
    expect(error.message).toContain(message);
    expect(server.requests).toEqual([]);
  });
});

describe("an ICCID in a path", () => {
  const wrong = [
    "",
    "891030000004568195",
    "891030000004568195512",
    "8910 3000 0004 5681 955",
    "..",
    "x",
    `${"8".repeat(19)}\n`,
  ];

  test.each(wrong)("%j is rejected by name, and nothing is sent", async (iccid) => {
    const { server, client } = await setUp();
    const configuration = new Configuration({ ...KEYS, basePath: server.url });
    const calls = [
      () => new InventoryApi(configuration).getESIM(iccid),
      () => new ESIMRSPApi(configuration).getQRCode(iccid),
      () => new PCRProfileApi(configuration).modifyPCRProfile(iccid, { sms: { state: "ENABLED" } }),
      () => client.GET("/euicc-profiles/{iccid}", { params: { path: { iccid } } }),
    ];
    for (const call of calls)
      await expect(async () => call()).rejects.toThrow(/^iccid must be 19 to 20 digits and nothing else$/);
    expect(server.requests).toEqual([]);
  });

  test("with 19 or 20 digits is sent as is, whatever its check digit", async () => {
    const { server } = await setUp();
    const api = new InventoryApi(new Configuration({ ...KEYS, basePath: server.url }));
    for (const iccid of ["1234567890123456789", "89148000004012345678"]) await api.getESIM(iccid);
    expect(server.requests.map(({ url }) => url)).toEqual([
      "/sim-registries/1234567890123456789",
      "/sim-registries/89148000004012345678",
    ]);
  });
});

describe("createEsimClient", () => {
  test.each<[string, (client: EsimClient) => unknown, string]>([
    [
      "half a surrogate pair in a filter",
      (client) => client.GET("/packages", { params: { query: { sim: "\ud800" } } }),
      "sim must be valid Unicode",
    ],
    [
      "an object in a filter",
      (client) => client.GET("/packages", { params: { query: { count: {} as never } } }),
      "count must be a string or a number, not an object",
    ],
    [
      "a body with a cycle",
      (client) => {
        const body = { sim: SIM, package_template: 1 };
        return client.POST("/packages", { body: Object.assign(body, { self: body }) });
      },
      "the body cannot be written as JSON",
    ],
    ["an unknown path", (client) => client.GET("/nope" as "/packages"), "the contract has no GET /nope"],
    [
      "another server",
      (client) => client.GET("/packages", { baseUrl: "http://127.0.0.1:1" }),
      "getPackages must go to",
    ],
    [
      "dots",
      (client) => client.GET("/packages/{id}", { params: { path: { id: ".." } } }),
      "id must be a number or a non-empty string",
    ],
    [
      "a header that the transport sets",
      (client) => client.GET("/packages", { headers: { Host: "example.com" } }),
      "headers: Host is set by the transport",
    ],
  ])("rejects %s, and sends nothing", async (_, call, message) => {
    const { client, server } = await setUp();
    const error = await (async () => call(client))().catch((reason: unknown) => reason as Error);
    expect(error).toBeInstanceOf(EsimUsageError);
    expect((error as Error).message).toContain(message);
    expect(server.requests).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["an object", { "X-Mine": "1", unset: undefined }],
    ["a Headers object", new Headers({ "x-mine": "1" })],
    ["an array of pairs", [["x-mine", "1"]]],
  ])("sends headers given as %s, in addition to its own", async (_, headers) => {
    const { client, api, server } = await setUp();
    await client.GET("/packages", { headers: headers as Record<string, string> });
    await api.getPackages({}, { headers: headers as Record<string, string> });
    client.use({ onRequest() {} });
    await client.GET("/packages", { headers: headers as Record<string, string> });
    for (const { headers } of server.requests)
      expect(headers).toMatchObject({ "x-mine": "1", accept: "application/json", "x-api-key": KEYS.apiKey });
    expect(server.requests).toHaveLength(3);
  });

  test.each<[string, (client: EsimClient) => Promise<unknown>]>([
    ["an unknown parseAs", (client) => client.GET("/packages", { parseAs: "nope" as "text" })],
    ["a query that is not escaped", (client) => client.GET("/packages", { querySerializer: () => "a#b" })],
    [
      "a method changed by middleware",
      (client) => {
        client.use({ onRequest: ({ request }) => new Request(request.url, { method: "PUT" }) });
        return client.GET("/packages");
      },
    ],
  ])("rejects %s", async (_, call) => {
    const { client, server } = await setUp();
    await expect(call(client)).rejects.toBeInstanceOf(EsimUsageError);
    expect(server.requests).toEqual([]);
  });

  test("middleware that is added twice has to be removed twice", async () => {
    const { client } = await setUp();
    let seen = 0;
    const counting = {
      onRequest({ request }: { request: Request }) {
        seen += Number(request.clone() instanceof Request);
      },
    };
    client.use(counting, counting);
    client.eject(counting);
    await client.GET("/packages");
    expect(seen).toBe(1);
    expect(() => client.use(counting, {} as never)).toThrow();
    await client.GET("/packages");
    expect(seen).toBe(3);
  });

  test("an empty success is an error", async () => {
    const fetch = async () => new Response("", { status: 201, headers: { "content-length": "0" } });
    const client = createEsimClient({ ...KEYS, fetch });
    const body = { sim: SIM, package_template: 1 };
    await expect(client.POST("/packages", { body })).rejects.toMatchObject({
      status: 201,
      outcomeUnknown: true,
    });
  });

  test("has every HTTP method, and sends the request that middleware returns", async () => {
    const { client, server } = await setUp();
    for (const method of ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const)
      expect(client[method]).toBeTypeOf("function");
    client.use({
      async onRequest({ request }) {
        return new Request(request, { headers: { ...Object.fromEntries(request.headers), "x-added": "1" } });
      },
    });
    await client.POST("/packages", { body: { sim: SIM, package_template: 1 } });
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      body: JSON.stringify({ sim: SIM, package_template: 1 }),
      headers: { "x-added": "1", "content-type": "application/json", "x-user-id": KEYS.userId },
    });
  });
});
