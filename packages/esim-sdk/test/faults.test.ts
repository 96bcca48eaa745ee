import { type FaultSpec, startMock } from "@betatelltd/esim-mock";
import { KEYS } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type CallOptions,
  Configuration,
  EsimApiError,
  EsimConnectionError,
  EsimTimeoutError,
  PackagesApi,
  RateLimitError,
  ServerError,
} from "../src/index.ts";

const SIM = "8910300000045682001";
const REQUEST = { sim: SIM, package_template: 21145354 };

/** Starts a stateful mock with a fault, so that what the service did can be compared with what the client reports. */
async function setUp(fault?: FaultSpec, { signal: _, ...baseOptions }: CallOptions = {}) {
  const mock = await startMock({ port: 0, stateful: true });
  onTestFinished(() => mock.close());
  if (fault) await mock.fault(fault);
  const configure = (options: object) =>
    new PackagesApi(new Configuration({ ...KEYS, basePath: mock.url, ...options }));
  const witness = configure({});
  return {
    mock,
    api: configure({ baseOptions }),
    sent: async () => (await mock.requests()).length,
    /** How many packages the SIM has, after clearing the faults. */
    created: async () => {
      await mock.clearFaults();
      return (await witness.getPackages(1, 0, undefined, undefined, SIM)).data.total;
    },
  };
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
  test.each<FaultSpec>([
    { drop: "before" },
    { drop: "after" },
    { status: 408 },
    { status: 429 },
    { status: 502 },
    { status: 503 },
    { status: 504 },
  ])("are retried after $drop$status", async (fault) => {
    withoutWaits();
    const { api, sent } = await setUp({ ...fault, times: 2 });
    expect((await api.getPackages()).data.total).toBe(60);
    expect(await sent()).toBe(3);
  });

  test("are retried after a timeout", async () => {
    withoutWaits();
    const { api, sent } = await setUp({ stall: true, times: 1 }, { timeout: 3_000 });
    expect((await api.getPackages()).status).toBe(200);
    expect(await sent()).toBe(2);
  });

  test.each([400, 401, 404, 409, 418, 500, 501])("are not retried after %i", async (status) => {
    const { api, sent } = await setUp({ status, message: "because" });
    const error = await failure(api.getPackages());
    expect(error).toBeInstanceOf(EsimApiError);
    expect(error).toMatchObject({
      status,
      message: expect.stringContaining(`${status} getPackages: because (`),
    });
    expect(await sent()).toBe(1);
  });

  test("whose JSON is cut short fail", async () => {
    const { api } = await setUp({ truncate: true });
    expect((await failure(api.getPackages())).message).toMatch(/^200 getPackages: no JSON \(GET/);
  });
});

describe("writes", () => {
  test.each<[FaultSpec, number, new (...args: never[]) => Error]>([
    [{ drop: "before" }, 0, EsimConnectionError],
    [{ drop: "after" }, 1, EsimConnectionError],
    [{ stall: true }, 1, EsimTimeoutError],
    [{ truncate: true }, 1, EsimApiError],
    [{ status: 408 }, 0, EsimApiError],
    [{ status: 500 }, 0, ServerError],
    [{ status: 502 }, 0, ServerError],
    [{ status: 503, retryAfter: 0 }, 0, ServerError],
  ])("with %j are sent once, made %i package, and their outcome is unknown", async (fault, made, Class) => {
    const { api, sent, created } = await setUp(fault, { timeout: 3_000 });
    const error = await failure(api.createPackage(REQUEST));
    expect(error).toBeInstanceOf(Class);
    expect(error.outcomeUnknown).toBe(true);
    expect(await sent()).toBe(1);
    expect(await created()).toBe(made);
  });

  test.each([400, 401, 403, 404, 409, 422])("certainly did not happen after %i", async (status) => {
    const { api, sent, created } = await setUp({ status });
    expect(await failure(api.createPackage(REQUEST))).toMatchObject({ status, outcomeUnknown: false });
    expect(await sent()).toBe(1);
    expect(await created()).toBe(0);
  });

  test("are retried after 429, and done once", async () => {
    withoutWaits();
    const { api, sent, created } = await setUp({ status: 429, times: 2 });
    expect((await api.createPackage(REQUEST)).data).toMatchObject({ sim: SIM, status: "NOT_ACTIVE" });
    expect(await sent()).toBe(3);
    expect(await created()).toBe(1);
  });
});

describe("Retry-After", () => {
  test.each([
    ["in seconds", () => "1"],
    ["as an HTTP date", () => new Date(Date.now() + 1_000).toUTCString()],
  ])("%s applies to reads and writes", async (_, retryAfter) => {
    const { api, mock } = await setUp();
    await mock.fault({ status: 429, retryAfter: retryAfter(), times: 1 });
    await api.getPackages();
    await mock.fault({ status: 429, retryAfter: retryAfter(), times: 1 });
    await api.createPackage(REQUEST);
    const seen = (await mock.requests()).map(({ method, status }) => `${method} ${status}`);
    expect(seen.reverse()).toEqual(["GET 429", "GET 200", "POST 429", "POST 201"]);
  });

  test("of more than a minute fails at once, and says how long", async () => {
    const { api, sent } = await setUp({ status: 429, retryAfter: 3600 });
    const error = (await failure(api.getPackages())) as unknown as RateLimitError;
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error.retryAfter).toBe(3600);
    expect(await sent()).toBe(1);
  });
});

describe("time limits", () => {
  test("cover the headers", async () => {
    const { api } = await setUp({ stall: true }, { timeout: 100, maxRetries: 0 });
    const error = await failure(api.getPackages());
    expect(error).toBeInstanceOf(EsimTimeoutError);
    expect(error.message).toBe("getPackages: no response within 100 ms (GET /packages)");
  });

  test("totalTimeout covers attempts and waits", async () => {
    const { api, sent } = await setUp({ stall: true }, { timeout: 100, totalTimeout: 150, maxRetries: 50 });
    expect(await failure(api.getPackages())).toBeInstanceOf(EsimTimeoutError);
    expect(await sent()).toBeLessThan(4);
  });

  test("a wait that would exceed totalTimeout is not started", async () => {
    const { api, sent } = await setUp({ status: 503, retryAfter: 30 }, { totalTimeout: 5_000 });
    expect((await failure(api.getPackages())).status).toBe(503);
    expect(await sent()).toBe(1);
  });

  test("0 means no limit, and a huge limit does not overflow", async () => {
    const { api } = await setUp({ latency: 50 }, { timeout: 0, maxRetries: 0 });
    expect((await api.getPackages()).status).toBe(200);
    expect((await api.getPackages(1, 0, undefined, undefined, SIM, "ACTIVE", { timeout: 1e12 })).status).toBe(
      200,
    );
  });
});

describe("an abort", () => {
  test("of a read rejects with the signal's reason", async () => {
    const { api } = await setUp({ stall: true });
    const controller = new AbortController();
    const call = api.getPackage("x", { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    const error = await failure(call);
    expect(error).toBe(controller.signal.reason);
    expect(error.name).toBe("AbortError");
  });

  test("of a write that was sent has outcomeUnknown, and does not change the shared reason", async () => {
    const { api, created, sent } = await setUp({ stall: true });
    const controller = new AbortController();
    const failed = failure(api.createPackage(REQUEST, { signal: controller.signal }));
    await vi.waitUntil(async () => (await sent()) === 1);
    controller.abort();
    const error = await failed;
    expect(error).toBeInstanceOf(DOMException);
    expect(error).toMatchObject({ name: "AbortError", outcomeUnknown: true });
    expect(controller.signal.reason.outcomeUnknown).toBeUndefined();
    expect(await created()).toBe(1);
  });

  test("of a write with a custom reason has outcomeUnknown too", async () => {
    const { api } = await setUp({ stall: true });
    const controller = new AbortController();
    const call = api.createPackage(REQUEST, { signal: controller.signal });
    const reason = new Error("mine");
    setTimeout(() => controller.abort(reason), 50);
    expect(await failure(call)).toMatchObject({
      name: "AbortError",
      message: "mine",
      cause: reason,
      outcomeUnknown: true,
    });
  });
});
