import { type ContractServer, contractCases, contractServers, KEYS } from "@betatelltd/esim-testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as sdk from "../src/index.ts";
import {
  AuthenticationError,
  BadRequestError,
  type CallOptions,
  Configuration,
  ConflictError,
  createEsimClient,
  type EsimApiError,
  NotFoundError,
  PackagesApi,
  ServerError,
} from "../src/index.ts";

const CLASSES: Record<string, unknown> = { ...sdk };

type Method = (...args: unknown[]) => Promise<{ status: number; data: unknown }>;
type Answer = { data?: unknown; error?: unknown; response: Response };
const ERRORS: Record<number, typeof EsimApiError> = {
  400: BadRequestError,
  401: AuthenticationError,
  404: NotFoundError,
  409: ConflictError,
  500: ServerError,
  503: ServerError,
};

describe.each(contractServers)("against $name", ({ name, start }) => {
  let server: ContractServer;
  beforeAll(async () => {
    server = await start();
  }, 30_000);
  afterAll(() => server.close());

  // Prism's own command line cannot respond with bytes.
  const cases = contractCases().filter(({ body }) => !(name === "prism mock" && body instanceof Uint8Array));

  describe.each(cases)("$operation answered with $status", (contract) => {
    const headers = { prefer: contract.prefer };
    const ok = contract.status < 300;

    test("through createEsimClient", async () => {
      const client = createEsimClient({ ...KEYS, baseUrl: server.url, maxRetries: 0 });
      // The path comes from the document at run time, so the compiler cannot infer the types.
      const send = client[contract.method] as unknown as (path: string, init: object) => Promise<Answer>;
      const { data, error, response } = await send(contract.template, {
        params: { path: contract.pathParameters },
        body: contract.requestBody,
        headers,
      });
      expect(response.status).toBe(contract.status);
      expect(ok ? data : error).toEqual(contract.body);
    });

    test("through its class", async () => {
      const Api = CLASSES[`${contract.tag}Api`] as unknown as new (
        configuration: Configuration,
      ) => Record<string, Method>;
      const api = new Api(new Configuration({ ...KEYS, basePath: server.url }));
      const options: CallOptions = { headers, maxRetries: 0 };
      const call = api[contract.operation]?.(...contract.arguments, options) as ReturnType<Method>;
      if (ok) {
        expect(await call).toEqual({
          status: contract.status,
          data: contract.status === 204 ? true : contract.body,
        });
        return;
      }
      const error = await call.then(
        () => expect.unreachable("it should have failed"),
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(ERRORS[contract.status]);
      const { message } = contract.body as { message: string };
      expect(error).toMatchObject({
        status: contract.status,
        body: contract.body,
        operation: contract.operation,
        method: contract.method,
        path: contract.path,
        message: expect.stringContaining(
          `${contract.status} ${contract.operation}: ${message} (${contract.method} ${contract.path}`,
        ),
        // Where code written for an axios client expects it.
        response: { status: contract.status, data: contract.body },
        outcomeUnknown: contract.method !== "GET" && contract.status === 500,
      });
    });
  });

  describe("keys", () => {
    const request = (headers: Record<string, string>) => fetch(`${server.url}/packages`, { headers });

    test.each([
      ["both", {}],
      ["x-api-key", { "x-user-id": KEYS.userId }],
      ["x-user-id", { "x-api-key": KEYS.apiKey }],
    ])("without %s the server answers 401", async (_, headers) => {
      expect((await request(headers)).status).toBe(401);
    });

    test("with both it answers 200", async () => {
      expect((await request({ "x-user-id": KEYS.userId, "x-api-key": KEYS.apiKey })).status).toBe(200);
    });
  });

  test("an invalid argument gets 400", async () => {
    const api = new PackagesApi(new Configuration({ ...KEYS, basePath: server.url }));
    const status = "ASLEEP" as "ACTIVE";
    await expect(api.getPackages(1, 0, 1, 1, "8910300000045681955", status)).rejects.toBeInstanceOf(
      BadRequestError,
    );
    await expect(api.createPackage({ sim: "123", package_template: 1 })).rejects.toBeInstanceOf(
      BadRequestError,
    );
  });

  test("every argument is sent under its wire name, and IDs are escaped", async () => {
    const seen: string[] = [];
    const spy = async (request: Request) => {
      seen.push(request.url.slice(server.url.length));
      return fetch(request);
    };
    const api = new PackagesApi(new Configuration({ ...KEYS, basePath: server.url, fetch: spy }));
    await api.getPackages(5, 10, 3021, 21145354, "8910300000045681955", "NOT_ACTIVE");
    await api.getPackage("a/b c?ü");
    expect(seen).toEqual([
      "/packages?count=5&offset=10&inventory=3021&package_template=21145354&sim=8910300000045681955&status=NOT_ACTIVE",
      "/packages/a%2Fb%20c%3F%C3%BC",
    ]);
  });

  test("iterates over every package", async () => {
    const api = new PackagesApi(new Configuration({ ...KEYS, basePath: server.url }));
    const ids = [];
    for await (const { id } of api.iteratePackages()) ids.push(id);
    expect(ids).toEqual(["pkg_123456", "pkg_123457"]);
  });
});
