import { type FaultSpec, startMock } from "@betatelltd/esim-mock";
import { KEYS } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { CannotKnowError, createPackageOnce } from "../src/create-package-once.ts";
import {
  type CallOptions,
  Configuration,
  ConflictError,
  EsimError,
  EsimUsageError,
  type Package,
  PackagesApi,
} from "../src/index.ts";

const SIM = "8910300000045682001";
const REQUEST = { sim: SIM, package_template: 21145354 };
const FAST = { lookupDelay: 1, maxRetries: 0 };

async function setUp(...faults: FaultSpec[]) {
  const mock = await startMock({ port: 0, stateful: true });
  onTestFinished(() => mock.close());
  const api = new PackagesApi(new Configuration({ ...KEYS, basePath: mock.url }));
  const order = async () => {
    for (const fault of faults) await mock.fault(fault);
  };
  const all = async () => {
    await mock.clearFaults();
    return (await api.getPackages(100, 0, undefined, undefined, SIM)).data.packages;
  };
  return { mock, api, order, all };
}

const lost: FaultSpec = { operation: "createPackage", drop: "after", times: 1 };
const never: FaultSpec = { operation: "createPackage", drop: "before", times: 1 };

test.each<[string, FaultSpec[], { attempts: number; found: boolean }]>([
  ["nothing goes wrong", [], { attempts: 1, found: false }],
  ["the response is lost", [lost], { attempts: 1, found: true }],
  [
    "half of the response is lost",
    [{ ...lost, drop: undefined, truncate: true }],
    { attempts: 1, found: true },
  ],
  ["the request is lost", [never], { attempts: 2, found: false }],
  ["the request is lost, then the response", [never, lost], { attempts: 2, found: true }],
  [
    "the service fails",
    [{ operation: "createPackage", status: 503, times: 2 }],
    { attempts: 3, found: false },
  ],
  [
    "a lookup fails too",
    [lost, { operation: "getPackages", status: 500, times: 2 }],
    { attempts: 1, found: true },
  ],
])("creates one package if %s", async (_, faults, expected) => {
  const { api, order, all } = await setUp(...faults.filter(({ operation }) => operation !== "getPackages"));
  await order();
  const reads = faults.filter(({ operation }) => operation === "getPackages");
  const watched = {
    createPackage: api.createPackage.bind(api),
    iteratePackages: (
      (first) =>
      (...args: Parameters<typeof api.iteratePackages>) => {
        if (!first && reads.pop()) throw new EsimError("a lookup that fails");
        first = false;
        return api.iteratePackages(...args);
      }
    )(true),
  };
  const { status, data, attempts, found } = await createPackageOnce(watched, REQUEST, FAST);
  expect({ status, attempts, found }).toEqual({ status: 201, ...expected });
  const made = await all();
  expect(made.map(({ id }) => id)).toEqual([data.id]);
});

test("an older package of the same kind is not mistaken for the new one", async () => {
  const { api, order, all } = await setUp(never);
  const { data: old } = await api.createPackage(REQUEST);
  await api.activatePackage(old.id);
  await api.terminatePackage(old.id);
  await order();
  const { data, attempts } = await createPackageOnce(api, REQUEST, FAST);
  expect(attempts).toBe(2);
  expect(data.id).not.toBe(old.id);
  expect(await all()).toHaveLength(2);
});

test("waits for a request that arrives after the time limit, and does not repeat it", async () => {
  const { api, order, all } = await setUp({ operation: "createPackage", latency: 600, times: 1 });
  await order();
  const { data, attempts, found } = await createPackageOnce(api, REQUEST, { timeout: 200, lookupDelay: 300 });
  expect({ attempts, found }).toEqual({ attempts: 1, found: true });
  expect((await all()).map(({ id }) => id)).toEqual([data.id]);
});

test.each<[FaultSpec, number]>([
  [{ operation: "getPackages", truncate: true, times: 2 }, 1],
  [{ operation: "getPackages", truncate: true, times: 3 }, 0],
  [{ operation: "getPackages", status: 401, times: 1 }, 0],
])("when listing first fails with %j, it makes %i purchases", async (fault, purchases) => {
  const { mock, api, order, all } = await setUp(fault);
  await order();
  const call = createPackageOnce(api, REQUEST, FAST);
  if (purchases === 0)
    await expect(call).rejects.toMatchObject({ operation: "getPackages", outcomeUnknown: false });
  else await expect(call).resolves.toMatchObject({ attempts: 1, found: false });
  expect(await mock.requests()).toHaveLength(fault.status ? 1 : 3 + purchases);
  expect(await all()).toHaveLength(purchases);
});

test("a refused first attempt rejects with the refusal", async () => {
  const { api, all } = await setUp();
  await api.createPackage(REQUEST);
  await expect(createPackageOnce(api, REQUEST, FAST)).rejects.toThrow(ConflictError);
  expect(await all()).toHaveLength(1);
});

test("a refusal that an earlier attempt may have caused leads to another lookup", async () => {
  const { api, all } = await setUp();
  let lookups = 0;
  const watched = {
    createPackage: async (...args: Parameters<typeof api.createPackage>) => {
      const created = await api.createPackage(...args);
      throw Object.assign(new EsimError("lost"), { outcomeUnknown: true, created });
    },
    // The purchase shows only after the next attempt was refused.
    iteratePackages: (...args: Parameters<typeof api.iteratePackages>) =>
      lookups++ < 2 ? nothing() : api.iteratePackages(...args),
  };
  const { attempts, found } = await createPackageOnce(watched, REQUEST, { ...FAST, lookups: 1 });
  expect({ attempts, found }).toEqual({ attempts: 2, found: true });
  expect(await all()).toHaveLength(1);
});

test("throws CannotKnowError if no attempt gets a response", async () => {
  const { api, order, all } = await setUp({ ...never, times: 5 });
  await order();
  const error = await createPackageOnce(api, REQUEST, { ...FAST, maxAttempts: 2 }).catch((reason) => reason);
  expect(error).toBeInstanceOf(CannotKnowError);
  expect(error).toMatchObject({ name: "CannotKnowError", outcomeUnknown: true, candidates: [] });
  expect(error.cause).toMatchObject({ operation: "createPackage" });
  expect(await all()).toEqual([]);
});

test("throws CannotKnowError if no lookup succeeds", async () => {
  const { api, order, all } = await setUp(lost);
  await order();
  let first = true;
  const blind = {
    createPackage: api.createPackage.bind(api),
    iteratePackages: () => {
      if (!first) throw new EsimError("no list");
      first = false;
      return nothing();
    },
  };
  const error = await createPackageOnce(blind, REQUEST, FAST).catch((reason) => reason);
  expect(error).toMatchObject({ name: "CannotKnowError", message: expect.stringContaining("no list") });
  expect(await all()).toHaveLength(1);
});

test("throws CannotKnowError if two packages may be the new one", async () => {
  const two = ["a", "b"].map(
    (id) => ({ id, sim: SIM, package_template: 21145354, created_date: 1 }) as unknown as Package,
  );
  let first = true;
  const api = {
    createPackage: () => Promise.reject(Object.assign(new EsimError("lost"), { outcomeUnknown: true })),
    iteratePackages: () => {
      if (!first) return nothing(two);
      first = false;
      return nothing();
    },
  };
  const error = await createPackageOnce(api, REQUEST, FAST).catch((reason) => reason);
  expect(error).toMatchObject({ name: "CannotKnowError", candidates: two });
});

test.each([
  { maxAttempts: 0 },
  { maxAttempts: 1.5 },
  { lookups: 0 },
  { lookupDelay: -1 },
  { lookupDelay: Number.NaN },
])("rejects %j before anything is sent", async (options) => {
  const { mock, api } = await setUp();
  await expect(createPackageOnce(api, REQUEST, options)).rejects.toThrow(EsimUsageError);
  await expect(createPackageOnce(api, {} as typeof REQUEST)).rejects.toThrow(EsimUsageError);
  expect(await mock.requests()).toEqual([]);
});

test.each([
  ["during a lookup", "after", 60_000],
  ["during the purchase", undefined, 1],
] as const)("an abort %s has outcomeUnknown", async (_, drop, lookupDelay) => {
  const { api, order, all } = await setUp({
    operation: "createPackage",
    times: 1,
    ...(drop ? { drop } : { stall: true }),
  });
  await order();
  const controller = new AbortController();
  const reason = new Error("cancelled");
  const watched = {
    createPackage: (...args: Parameters<typeof api.createPackage>) => {
      const abort = () => setTimeout(() => controller.abort(reason), 200);
      if (!drop) abort();
      return api.createPackage(...args).finally(drop ? abort : undefined);
    },
    iteratePackages: api.iteratePackages.bind(api),
  };
  const call = createPackageOnce(watched, REQUEST, { lookupDelay, maxRetries: 0, signal: controller.signal });
  await expect(call).rejects.toMatchObject({ name: "AbortError", outcomeUnknown: true, cause: reason });
  expect(await all()).toHaveLength(1);
});

test("an abort before the purchase rejects with the signal's reason", async () => {
  const { mock, api } = await setUp();
  const reason = new Error("cancelled");
  const call = createPackageOnce(api, REQUEST, { signal: AbortSignal.abort(reason) });
  await expect(call).rejects.toBe(reason);
  expect(await mock.requests()).toEqual([]);
});

test("a refused lookup is not repeated", async () => {
  const { mock, api, order } = await setUp(lost);
  await order();
  const watched = {
    createPackage: async (...args: Parameters<typeof api.createPackage>) => {
      await mock.fault({ operation: "getPackages", status: 401 });
      return await api.createPackage(...args);
    },
    iteratePackages: api.iteratePackages.bind(api),
  };
  const error = await createPackageOnce(watched, REQUEST, FAST).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: "CannotKnowError", outcomeUnknown: true });
  expect(await mock.requests()).toHaveLength(3);
});

async function* nothing(packages: Package[] = []): AsyncGenerator<Package, void, undefined> {
  yield* packages;
}

describe("after a lost purchase", () => {
  const lostPurchase = () => Promise.reject(Object.assign(new EsimError("lost"), { outcomeUnknown: true }));
  const lookups = (...rows: unknown[][]) => {
    let at = 0;
    return () => nothing((rows[Math.min(at++, rows.length - 1)] ?? []) as Package[]);
  };
  const template = { id: 21145354 };
  const bought = { id: "new", sim: SIM, package_template: template, status: "NOT_ACTIVE" };

  test.each<[string, unknown[], object]>([
    ["whose date is null is found", [], { ...bought, created_date: null }],
    [
      "next to an older one dated in the future is found",
      [{ ...bought, id: "old", status: "TERMINATED", created_date: 9e15 }],
      { ...bought, created_date: 1 },
    ],
    ["whose template is a bare ID is found", [], { ...bought, package_template: 21145354 }],
    ["whose template is a string is found", [], { ...bought, package_template: "21145354" }],
  ])("one %s", async (_, before, row) => {
    const api = { createPackage: lostPurchase, iteratePackages: lookups(before, [...before, row]) };
    expect(await createPackageOnce(api, REQUEST, FAST)).toEqual({
      status: 201,
      data: row,
      attempts: 1,
      found: true,
    });
  });

  test.each<[string, object]>([
    ["no ID", { ...bought, id: undefined }],
    ["no template", { ...bought, package_template: undefined }],
    ["a template by name", { ...bought, package_template: { name: "Europe" } }],
    ["no SIM", { ...bought, sim: undefined }],
    ["a SIM that lost digits", { ...bought, sim: Number(SIM) }],
  ])("one with %s is a candidate, and nothing else is bought", async (_, row) => {
    let purchases = 0;
    const api = {
      createPackage: () => {
        purchases++;
        return lostPurchase();
      },
      iteratePackages: lookups([], [row]),
    };
    const error = await createPackageOnce(api, REQUEST, FAST).catch((reason) => reason);
    expect(error).toMatchObject({ name: "CannotKnowError", outcomeUnknown: true, candidates: [row] });
    expect(purchases).toBe(1);
  });

  test.each<[string, string, boolean]>([
    ["89103 00000 04568 2001", SIM, true],
    ["8910300000045682001F", SIM, true],
    [SIM, `${SIM}F`, true],
    [`${SIM}7`, SIM, false],
    [SIM, `${SIM}7`, false],
  ])("one whose SIM is shown as %s, of %s, is bought once (found: %s)", async (shown, asked, isFound) => {
    let purchases = 0;
    const row = { ...bought, sim: shown };
    const api = {
      createPackage: () => {
        purchases++;
        return lostPurchase();
      },
      iteratePackages: lookups([], [row]),
    };
    const ending = await createPackageOnce(api, { ...REQUEST, sim: asked }, FAST).catch((error) => error);
    if (isFound) expect(ending).toMatchObject({ found: true, data: row });
    else expect(ending).toMatchObject({ name: "CannotKnowError", candidates: [row] });
    expect(purchases).toBe(1);
  });

  test("one that is TERMINATED is not the new one, but a candidate", async () => {
    const old = { ...bought, status: "TERMINATED" };
    const api = { createPackage: lostPurchase, iteratePackages: lookups([], [old]) };
    const error = await createPackageOnce(api, REQUEST, FAST).catch((reason) => reason);
    expect(error).toMatchObject({ name: "CannotKnowError", candidates: [old] });
  });

  test("one that was found stays a candidate when the next lookup does not return it", async () => {
    const other = { ...bought, id: "other" };
    const api = { createPackage: lostPurchase, iteratePackages: lookups([], [bought, other], [bought]) };
    const error = await createPackageOnce(api, REQUEST, FAST).catch((reason) => reason);
    expect(error).toMatchObject({ name: "CannotKnowError", candidates: [bought, other] });
  });

  test("a lookup that fails in the caller's own function is repeated", async () => {
    let looked = 0;
    const api = {
      createPackage: lostPurchase,
      iteratePackages: () => {
        if (++looked === 2) throw new Error("the vault is down");
        return nothing((looked > 2 ? [bought] : []) as Package[]);
      },
    };
    expect(await createPackageOnce(api, REQUEST, FAST)).toMatchObject({ found: true });
  });

  test("one for another SIM never counts, even if the service ignores the filter", async () => {
    const other = { ...bought, id: "other", sim: "8910300000045682999" };
    const api = { createPackage: lostPurchase, iteratePackages: lookups([], [other]) };
    const error = await createPackageOnce(api, REQUEST, { ...FAST, maxAttempts: 2 }).catch(
      (reason) => reason,
    );
    expect(error).toMatchObject({ name: "CannotKnowError", candidates: [] });
  });

  test.each([400, 401, 402, 404, 409])("a refusal with %i proves nothing", async (status) => {
    const { api, order, mock } = await setUp(lost);
    await order();
    const watched = {
      async createPackage(...args: Parameters<typeof api.createPackage>) {
        try {
          return await api.createPackage(...args);
        } finally {
          await mock.fault({ operation: "createPackage", status });
        }
      },
      iteratePackages: lookups([]),
    };
    const error = await createPackageOnce(watched, REQUEST, { ...FAST, lookups: 1, maxAttempts: 2 }).catch(
      (reason) => reason,
    );
    expect(error).toMatchObject({ name: "CannotKnowError", outcomeUnknown: true });
  });

  test("nothing else is bought for a SIM that had a live package", async () => {
    let purchases = 0;
    const api = {
      createPackage: () => {
        purchases++;
        return lostPurchase();
      },
      iteratePackages: lookups([{ ...bought, id: "old", status: "ACTIVE" }]),
    };
    await expect(createPackageOnce(api, REQUEST, FAST)).rejects.toMatchObject({ name: "CannotKnowError" });
    expect(purchases).toBe(1);
  });

  test("errors from another copy of this package are recognised", async () => {
    const copy = (await import("@betatelltd/esim-sdk")) as unknown as typeof import("../src/index.ts");
    const api = {
      createPackage: () =>
        Promise.reject(Object.assign(new copy.EsimError("lost"), { outcomeUnknown: true })),
      iteratePackages: lookups([], [bought]),
    };
    expect(await createPackageOnce(api, REQUEST, FAST)).toMatchObject({ found: true });
  });
});

test("buys for the SIM it was called with, even if the caller changes the object", async () => {
  const { api } = await setUp();
  const shared = { ...REQUEST };
  const sims = [SIM, "8910300000045682019", "8910300000045682027"];
  const created = await Promise.all(
    sims.map((each) => {
      shared.sim = each;
      return createPackageOnce(api, shared, FAST);
    }),
  );
  expect(created.map(({ data }) => data.sim)).toEqual(sims);
});

test("nothing is bought if listing used up the time", async () => {
  const { mock, api, order } = await setUp({ operation: "getPackages", latency: 200 });
  await order();
  await expect(createPackageOnce(api, REQUEST, { totalTimeout: 150, maxRetries: 0 })).rejects.toMatchObject({
    name: "EsimTimeoutError",
    outcomeUnknown: false,
  });
  expect((await mock.requests()).filter(({ method }) => method === "POST")).toEqual([]);
});

test("totalTimeout limits the whole call, however long its parts take", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  /** Fails after 700 ms, or when its own time limit ends. */
  const lostLater = async ({ totalTimeout = Infinity }: CallOptions = {}): Promise<never> => {
    await new Promise((resolve) => setTimeout(resolve, Math.min(700, totalTimeout)));
    throw Object.assign(new EsimError("lost"), { outcomeUnknown: true });
  };
  const api = {
    createPackage: (_: unknown, options?: CallOptions) => lostLater(options),
    async *iteratePackages(_?: unknown, options?: CallOptions) {
      if (++lookups > 1) await lostLater(options);
      yield* [];
    },
  };
  let lookups = 0;
  const start = performance.now();
  let elapsed = Number.NaN;
  const call = createPackageOnce(api as never, REQUEST, { totalTimeout: 3_000, maxAttempts: 100 });
  const failed = call.catch((error) => error).finally(() => (elapsed = performance.now() - start));
  await vi.runAllTimersAsync();
  expect(await failed).toMatchObject({ name: "CannotKnowError", outcomeUnknown: true });
  expect(elapsed).toBeGreaterThan(2_900);
  expect(elapsed).toBeLessThan(3_100);
});

test.each([60_001, 1e12, Infinity])(
  "a lookupDelay of %d, which timers would treat as 0, is rejected",
  async (lookupDelay) => {
    const { api } = await setUp();
    await expect(createPackageOnce(api, REQUEST, { lookupDelay })).rejects.toThrow(
      "lookupDelay must be a whole number from 0 to 60000",
    );
  },
);
