import fc from "fast-check";
import { expect, test } from "vitest";
import { keys, mockForTest } from "./mock-for-test.ts";

const CALLS = 5_000;

const odd = fc.oneof(
  fc.constantFrom(
    "\n",
    "\r\nset-cookie: a=b",
    "\0",
    "\u202e",
    "ä",
    "",
    "x".repeat(2_000),
    "1e400",
    "__proto__",
  ),
  fc.constantFrom(null, true, -1, 0, 1.5, 1e21, Number.MAX_SAFE_INTEGER, 2 ** 53, [], {}, [[]], { a: 1 }),
  fc.string(),
  fc.double(),
);
const orSensible = (...sensible: unknown[]) =>
  fc.oneof({ weight: 1, arbitrary: odd }, { weight: 9, arbitrary: fc.constantFrom(...sensible) });

const fault = fc.record(
  {
    operation: orSensible("getPackages", "createPackage"),
    times: orSensible(1, 2),
    share: orSensible(0.5, 1),
    latency: orSensible(0, 1, "1ms"),
    status: orSensible(400, 429, 500, 599),
    message: orSensible("because", "line\nbreak"),
    retryAfter: orSensible(1, "soon", "Wed, 21 Oct 2026 07:28:00 GMT"),
    drop: orSensible("before", "after"),
    truncate: orSensible(true, false),
    other: odd,
  },
  { requiredKeys: [] },
);
const usage = fc.record(
  { data: orSensible(1), voice: orSensible(1), sms: orSensible(1) },
  { requiredKeys: [] },
);
const deviceEvent = fc.record(
  { event: orSensible("download", "install", "enable", "disable", "delete"), other: odd },
  { requiredKeys: ["event"] },
);
const move = fc.record({ advance: orSensible(1, "1s"), set: orSensible("2027-01-01") }, { requiredKeys: [] });
const id = fc.oneof(
  fc.constantFrom("pkg_123456", "1", "%", "%ff", "..", "%2e%2e", "a%0ab", "%00"),
  fc.string().map(encodeURIComponent),
);
const sim = fc.oneof(fc.constantFrom("8910300000045681003", "8910300000045682001"), id);

const json = (value: fc.Arbitrary<unknown>) => value.map((each) => JSON.stringify(each));
const call = fc.oneof(
  fc.tuple(fc.constant("/_mock/faults"), json(fault)),
  fc.tuple(fc.constant("/_mock/clock"), json(move)),
  fc.tuple(
    id.map((each) => `/_mock/packages/${each}/use`),
    json(usage),
  ),
  fc.tuple(
    id.map((each) => `/_mock/packages/${each}/suspend`),
    fc.constant(undefined),
  ),
  fc.tuple(
    sim.map((each) => `/_mock/sims/${each}/profile`),
    json(deviceEvent),
  ),
  fc.tuple(
    sim.map((each) => `/_mock/sims/${each}/traffic`),
    json(usage),
  ),
  fc.tuple(fc.constantFrom("/_mock/faults", "/_mock/clock", "/_mock/reset", "/_mock/nope"), json(odd)),
  fc.tuple(
    fc.constant("/_mock/faults"),
    fc.constantFrom("{", `${"[".repeat(50_000)}`, `{"message":"${"x".repeat(90_000)}"}`),
  ),
);

test(`${CALLS} odd control calls leave a mock that answers, and every answer is documented`, {
  timeout: 120_000,
}, async () => {
  const mock = await mockForTest({ stateful: true });
  const control = { ...keys, "content-type": "application/json" };
  const statuses = new Map<number, number>();
  let apiAnswers = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 10, maxLength: 10 }), async (calls) => {
      for (const [path, body] of calls) {
        const answer = await fetch(mock.url + path, {
          method: "POST",
          headers: control,
          ...(body !== undefined && { body }),
        });
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        await answer.arrayBuffer();
      }
      // Whatever the faults, a request gets an answer or loses its connection, and the next one is unaffected.
      const answer = await fetch(`${mock.url}/packages`, { headers: keys }).catch(() => undefined);
      await answer?.arrayBuffer().catch(() => undefined);
      if (answer) apiAnswers++;
      await mock.clearFaults();
    }),
    { numRuns: CALLS / 10 },
  );
  // 405 for an ID such as ".", which fetch removes: what is left is the path of a SIM, which is read-only.
  const documented = [200, 204, 400, 404, 405, 409];
  expect([...statuses.keys()].filter((status) => !documented.includes(status))).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(CALLS / 20);
  expect(statuses.get(400)).toBeGreaterThan(CALLS / 10);
  expect(apiAnswers).toBeGreaterThan(CALLS / 100);
  await mock.reset();
  expect((await fetch(`${mock.url}/packages`, { headers: keys })).status).toBe(200);
});

test.each([
  [{ status: 429, retryAfter: "\n" }, "retryAfter"],
  [{ status: 429, retryAfter: "ü" }, "retryAfter"],
  [{ status: 429, retryAfter: "" }, "retryAfter"],
  [{ status: 429, retryAfter: -1 }, "retryAfter"],
  [{ status: 429, retryAfter: {} }, "retryAfter"],
  [{ status: 500, message: 5 }, "message"],
  [{ status: 500, message: "x".repeat(1_001) }, "message"],
  [{ latency: "2d" }, "latency"],
  [{ latency: 1e12 }, "latency"],
  [{ latency: ["1s"], stall: true }, "latency"],
  [{ stall: "yes" }, "stall"],
  [{ truncate: 1 }, "truncate"],
  [{ operation: 5, stall: true }, "operation"],
  [{ times: "1", stall: true }, "times"],
  [{ drop: true }, "drop"],
  [[], "JSON object"],
  ["text", "JSON object"],
  [null, "JSON object"],
])("the invalid fault %j is refused by the name of its field", async (fault, name) => {
  const mock = await mockForTest();
  await expect(mock.fault(fault as never)).rejects.toThrow(name);
  const body = JSON.stringify(fault);
  const answer = await fetch(`${mock.url}/_mock/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { message: string }).message).toContain(name);
  expect((await fetch(`${mock.url}/packages`, { headers: keys })).status).toBe(200);
});

test("there can be at most 1,000 faults", async () => {
  const mock = await mockForTest();
  for (let count = 0; count < 1_000; count++) await mock.fault({ status: 500, share: 0.001 });
  await expect(mock.fault({ status: 500 })).rejects.toThrow("1000 faults are active");
});

test("HEAD gets the fault of its GET", async () => {
  const mock = await mockForTest();
  await mock.fault({ operation: "getPackages", status: 503 });
  for (const method of ["GET", "HEAD"])
    expect((await fetch(`${mock.url}/packages`, { method, headers: keys })).status).toBe(503);
  expect((await fetch(`${mock.url}/packages/x`, { headers: keys })).status).toBe(200);
});
