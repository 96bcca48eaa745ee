import { KEYS, startHostileServer } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { Configuration, EsimUsageError, PackagesApi } from "../src/index.ts";

const LIST = '{"total":0,"count":0,"offset":0,"packages":[]}';
const SIM = "8910300000045681955";

async function setUp() {
  const server = await startHostileServer((response) =>
    response.writeHead(200, { "x-request-id": "req_1", "x-rate": "7" }).end(LIST),
  );
  onTestFinished(() => server.close());
  return { server, api: new PackagesApi(new Configuration({ ...KEYS, basePath: server.url })) };
}

describe("a list takes one object in place of its positions", () => {
  test("by the arguments' names", async () => {
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

  test("with the options behind it", async () => {
    const { api, server } = await setUp();
    await api.getPackages({}, { headers: { "x-mine": "1" } });
    expect(server.requests[0]?.url).toBe("/packages");
    expect(server.requests[0]?.headers["x-mine"]).toBe("1");
  });

  test.each<[object]>([[{ package_template: 7 }], [{ sims: SIM }], [{ toString: 1 }], [{ constructor: 1 }]])(
    "but refuses %j: it would list more than was asked for",
    async (query) => {
      const { api, server } = await setUp();
      await expect(async () => api.getPackages(query as object)).rejects.toThrow(
        /^getPackages cannot be asked for ".+"; it knows count, offset, inventory, packageTemplate, sim, status$/,
      );
      await expect(api.iteratePackages(query as object).next()).rejects.toBeInstanceOf(EsimUsageError);
      expect(server.requests).toEqual([]);
    },
  );
});

test("a result has status, data, headers and the request's ID", async () => {
  const { api } = await setUp();
  const { status, data, headers, requestId } = await api.getPackages();
  expect({ status, data, requestId }).toEqual({ status: 200, data: JSON.parse(LIST), requestId: "req_1" });
  expect(headers).toBeInstanceOf(Headers);
  expect(headers.get("x-rate")).toBe("7");
});

describe("what cannot be sent is refused by name", () => {
  test.each<[string, (api: PackagesApi) => unknown, string]>([
    [
      "no ID",
      (api) => api.getPackage(undefined as never),
      "id must be a text or a number that names one thing, not undefined",
    ],
    [
      "an empty ID",
      (api) => api.getPackage(""),
      "id must be a text or a number that names one thing, not an empty text",
    ],
    [
      "dots",
      (api) => api.activatePackage(".."),
      "id must be a text or a number that names one thing, not this text",
    ],
    [
      "an object",
      (api) => api.terminatePackage({} as never),
      "id must be a text or a number that names one thing, not an object",
    ],
    [
      "half a character",
      (api) => api.getPackage("\ud800"),
      "id must be Unicode text: this one has half a character",
    ],
    [
      "an ICCID that lost digits",
      (api) => api.getPackages({ sim: Number(SIM) as never }),
      "sim must be a text of digits, not 8910300000045682000: a number of that length loses digits",
    ],
    [
      "a list of objects",
      (api) => api.getPackages({ sim: undefined, count: [{}] as never }),
      "count must be a text or a number, not an object",
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
    if (!(error instanceof Error)) expect.unreachable("it should have been refused");
    expect(error).toBeInstanceOf(EsimUsageError);
    expect(error.message).toContain(message);
    expect(server.requests).toEqual([]);
  });
});
