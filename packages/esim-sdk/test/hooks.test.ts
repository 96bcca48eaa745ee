import { KEYS, type Misbehaviour, printed, startHostileServer } from "@betatelltd/esim-testing";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  type AttemptEvent,
  type CallOptions,
  Configuration,
  createEsimClient,
  EsimConnectionError,
  PackagesApi,
  type ResultEvent,
} from "../src/index.ts";

const LIST = '{"total":0,"count":0,"offset":0,"packages":[]}';

async function setUp(misbehave: Misbehaviour, hooks: CallOptions = {}) {
  vi.spyOn(Math, "random").mockReturnValue(0);
  onTestFinished(() => void vi.restoreAllMocks());
  const server = await startHostileServer(misbehave);
  onTestFinished(() => server.close());
  const attempts: AttemptEvent[] = [];
  const results: ResultEvent[] = [];
  const { signal: _, ...rest } = hooks;
  const baseOptions = {
    onAttempt: (event: AttemptEvent) => void attempts.push(event),
    onResult: (event: ResultEvent) => void results.push(event),
    ...rest,
  };
  const api = new PackagesApi(new Configuration({ ...KEYS, basePath: `${server.url}/v1`, baseOptions }));
  const client = createEsimClient({ ...KEYS, baseUrl: `${server.url}/v1`, ...baseOptions });
  return { api, client, attempts, results, server };
}

const inTurn = (...statuses: number[]): Misbehaviour => {
  return (response, _, nth) =>
    response.writeHead(statuses[nth] ?? 200, { "x-request-id": `req_${nth}` }).end(LIST);
};

test("both layers report each attempt and how it ended", async () => {
  const { api, client, attempts, results } = await setUp(inTurn(503, 200, 200));
  await api.getPackages(1);
  await client.GET("/packages");
  const call = { operation: "getPackages", method: "GET", path: "/v1/packages" };
  expect(attempts).toEqual([
    { ...call, attempt: 1 },
    { ...call, attempt: 2 },
    { ...call, attempt: 1 },
  ]);
  const durationMs = expect.any(Number);
  expect(results).toEqual([
    { ...call, attempt: 1, status: 503, durationMs, willRetryInMs: 0, requestId: "req_0" },
    { ...call, attempt: 2, status: 200, durationMs, willRetryInMs: undefined, requestId: "req_1" },
    { ...call, attempt: 1, status: 200, durationMs, willRetryInMs: undefined, requestId: "req_2" },
  ]);
  for (const { durationMs } of results) expect(durationMs).toBeGreaterThan(0);
});

test("an attempt without a response is reported with its error", async () => {
  const { api, results } = await setUp((response) => response.socket?.resetAndDestroy());
  const error = await api.activatePackage("x").catch((reason) => reason);
  expect(error).toBeInstanceOf(EsimConnectionError);
  expect(results).toHaveLength(1);
  expect(results[0]?.error).toBe(error);
  expect(results[0]).not.toHaveProperty("status");
});

test("no event contains a key, whatever the server sends back", async () => {
  const { api, attempts, results } = await setUp((response, { headers }) =>
    response.writeHead(500, { "x-request-id": `${headers["x-api-key"]}` }).end("{}"),
  );
  await api.getPackage("x").catch(() => {});
  expect(results[0]?.requestId).toBe("[redacted]");
  for (const key of Object.values(KEYS)) expect(printed([attempts, results])).not.toContain(key);
});

const boom = () => {
  throw new Error("the log is full");
};
test.each<[string, () => void]>([
  ["throws", boom],
  ["rejects", (async () => boom()) as () => void],
  ["never settles", (() => new Promise(() => {})) as () => void],
])("a hook that %s does not break the call", async (_, hook) => {
  const { api } = await setUp(inTurn(200), { onAttempt: hook, onResult: hook });
  expect((await api.getPackages()).status).toBe(200);
});

test("a hook cannot change an event", async () => {
  const { api, results } = await setUp(inTurn(200), {
    onAttempt: (event) => {
      (event as { operation: string }).operation = "other";
    },
  });
  await api.getPackages();
  expect(results[0]?.operation).toBe("getPackages");
});

test("a call's hooks replace the client's", async () => {
  const { api, attempts } = await setUp(inTurn(200));
  const seen: AttemptEvent[] = [];
  await api.getPackages({}, { onAttempt: (event) => seen.push(event) });
  expect([seen.length, attempts.length]).toEqual([1, 0]);
});
