import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { retryAfter } from "../src/errors.ts";
import { retryDelay } from "../src/transport/retry.ts";

afterEach(() => vi.restoreAllMocks());

const answer = (status: number, headers: Record<string, string> = {}) => ({
  status,
  header: (name: string) => headers[name],
});
const statuses = fc.integer({ min: 100, max: 599 });

test("a write is retried after 429 and if nothing was sent, and never otherwise", () => {
  fc.assert(
    fc.property(statuses, fc.nat(20), (status, attempt) => {
      expect(retryDelay(attempt, false, answer(status), false) < Infinity).toBe(status === 429);
    }),
  );
  expect(retryDelay(0, false, undefined, false)).toBe(Infinity);
  expect(retryDelay(0, false, undefined, true)).toBeLessThan(Infinity);
});

test("a read is retried after transient statuses and after a lost connection", () => {
  fc.assert(
    fc.property(statuses, (status) => {
      expect(retryDelay(0, true, answer(status), false) < Infinity).toBe(
        [408, 429, 502, 503, 504].includes(status),
      );
    }),
  );
  expect(retryDelay(0, true, undefined, false)).toBeLessThan(Infinity);
});

test("the wait is random between 0 and a limit that doubles up to 8 seconds", () => {
  fc.assert(
    fc.property(
      fc.nat(2_000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        vi.spyOn(Math, "random").mockReturnValue(random);
        const wait = retryDelay(attempt, true, undefined, false);
        expect(wait).toBeCloseTo(random * Math.min(8_000, 500 * 2 ** attempt));
      },
    ),
  );
});

test("the wait is never shorter than Retry-After, and more than a minute gives up", () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(10), (seconds, attempt) => {
      const wait = retryDelay(attempt, true, answer(503, { "retry-after": `${seconds}` }), false);
      if (seconds > 60) expect(wait).toBe(Infinity);
      else expect(wait).toBeGreaterThanOrEqual(seconds * 1000);
    }),
  );
});

test.each([
  ["120", 120],
  ["Tue, 24 Nov 2026 12:00:30 GMT", 30],
  ["Tue, 24 Nov 2026 11:00:00 GMT", undefined],
  ["0", undefined],
  ["soon", undefined],
  ["", undefined],
])("Retry-After: %s", (header, seconds) => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 24, 12) });
  expect(retryAfter(answer(429, { "retry-after": header }))).toBe(seconds);
  vi.useRealTimers();
});

test("Retry-After as a date counts from the response's Date header, because this machine's clock may be wrong", () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 24, 12, 5) });
  const date = "Tue, 24 Nov 2026 12:00:00 GMT";
  expect(retryAfter(answer(429, { date, "retry-after": "Tue, 24 Nov 2026 12:00:30 GMT" }))).toBe(30);
  vi.useRealTimers();
});
