import { KEYS, type Misbehaviour, printed, startHostileServer } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { Configuration, createEsimClient, PackagesApi } from "../src/index.ts";

function expectNoKey(value: unknown) {
  for (const key of Object.values(KEYS)) expect(printed(value)).not.toContain(key);
}

test("no configuration, API object or client shows a key", () => {
  const configuration = new Configuration(KEYS);
  expectNoKey(configuration);
  expectNoKey(new PackagesApi(configuration));
  expectNoKey(createEsimClient(KEYS));
});

describe("no error shows a key", () => {
  const echo: Misbehaviour = (response, { headers }) => {
    response.writeHead(500, { "x-echo": `${headers["x-api-key"]}`, "content-type": "application/json" });
    response.end(JSON.stringify({ message: `bad ${headers["x-user-id"]}`, headers }));
  };
  const redirect: Misbehaviour = (response, { headers }) => {
    response.writeHead(302, { location: `https://example.com/?k=${headers["x-api-key"]}` }).end();
  };
  const reset: Misbehaviour = (response) => response.socket?.resetAndDestroy();
  const stall: Misbehaviour = () => {};

  test.each([
    ["a response that quotes the keys", echo],
    ["a redirect that quotes the keys", redirect],
    ["a reset", reset],
    ["a timeout", stall],
  ])("after %s", async (_, misbehave) => {
    const server = await startHostileServer(misbehave);
    onTestFinished(() => server.close());
    const baseOptions = { timeout: 200, maxRetries: 0 };
    const api = new PackagesApi(new Configuration({ ...KEYS, basePath: server.url, baseOptions }));
    const errors = await Promise.allSettled([
      api.getPackages(),
      api.createPackage({ sim: "8910300000045681955", package_template: 1 }),
      api.terminatePackage("x"),
    ]);
    for (const result of errors) {
      if (result.status === "fulfilled") expect.unreachable("it should have failed");
      else expectNoKey(result.reason);
    }
    expect(server.requests[0]?.headers["x-api-key"]).toBe(KEYS.apiKey);
  });

  test("if the user ID is part of the API key", async () => {
    const keys = { userId: "acme01", apiKey: "acme01-SECRET-9999" };
    const server = await startHostileServer(echo);
    onTestFinished(() => server.close());
    const api = new PackagesApi(new Configuration({ ...keys, basePath: server.url }));
    const error = await api.getPackage("x").catch((reason: unknown) => reason);
    expect(printed(error)).not.toContain("SECRET");
  });

  test("if a custom fetch throws an error with the keys", async () => {
    const fetch = async (request: Request): Promise<Response> => {
      const headers = Object.fromEntries(request.headers);
      throw Object.assign(new TypeError(`failed with ${headers["x-api-key"]}`), {
        request,
        cause: { headers },
      });
    };
    const api = new PackagesApi(new Configuration({ ...KEYS, fetch }));
    const error = await api.activatePackage("x").catch((reason: unknown) => reason);
    expectNoKey(error);
    expect(error).toMatchObject({ name: "EsimConnectionError", outcomeUnknown: true });
  });
});
