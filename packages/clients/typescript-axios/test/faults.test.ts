import { inspect } from "node:util";
import {
  FAULT_KEYS,
  type FaultCase,
  faultCases,
  faultExceptions,
  spellingsOf,
  startFaultServer,
} from "@betatelltd/esim-testing";
import { Configuration } from "the-client";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { call } from "./cases.ts";

const client = inject("client");
const exceptions = new Map(faultExceptions(client).map((each) => [each.case, each]));
const cases = faultCases();
let server: Awaited<ReturnType<typeof startFaultServer>>;
let addresses: Record<string, string>;
beforeAll(async () => {
  server = await startFaultServer();
  addresses = await get("/_addresses");
});
afterAll(() => server.close());

const get = async (path: string) => (await fetch(server.url + path)).json();

async function check({ name, operation, arguments: args, at, timeLimit, expect: wanted }: FaultCase) {
  const configuration = new Configuration({
    basePath: `${at ? addresses[at] : server.url}/${name}`,
    apiKey: (header: string) => FAULT_KEYS[header as keyof typeof FAULT_KEYS],
    // The npm client, which may repeat a read, is set not to.
    ...(client === "esim-sdk" && { baseOptions: { maxRetries: 0 } }),
  });
  const error = await call(configuration, operation, args, timeLimit ? { timeout: timeLimit } : {}).then(
    ({ data }) => expect.unreachable(`it resolved to ${JSON.stringify(data)}`),
    (thrown) => thrown,
  );
  const { status, outcomeUnknown, message = "", requestId } = wanted.error;
  expect(error.outcomeUnknown, String(error)).toBe(outcomeUnknown);
  expect(error.status ?? null).toBe(status);
  expect(error.operation ?? null).toBe(wanted.error.operation === null ? null : operation);
  expect(error.requestId).toBe(requestId);
  expect(error.message).toContain(message);

  const printed = [
    inspect(error, { depth: 10, showHidden: true }),
    JSON.stringify(error),
    error.stack,
    inspect(error.response, { depth: 10 }),
    inspect(configuration, { depth: 10 }),
  ].join("\n");
  for (const spelling of Object.values(FAULT_KEYS).flatMap(spellingsOf))
    expect(printed).not.toContain(spelling);

  const { requests, ...others } = await get(`/${name}/_seen`);
  expect(others).toEqual({ keyless: 0, elsewhere: 0 });
  expect(requests).toBeGreaterThanOrEqual(wanted.requests);
  expect(requests).toBeLessThanOrEqual(Math.max(wanted.requests, wanted.atMost ?? 0));
}

describe.concurrent("faults", () => {
  test.each(cases)("$name", async (each) => {
    const exception = exceptions.get(each.name);
    if (!exception) return check(each);
    await expect(
      check(each),
      `it passes: take it off the exceptions (${exception.reason})`,
    ).rejects.toThrow();
  });
});

test("is reported", () => {
  console.log(`faults ${client}: ${cases.length - exceptions.size}/${cases.length}`);
  expect([...exceptions.keys()].filter((name) => !cases.some((each) => each.name === name))).toEqual([]);
});

test("an operation that no method calls fails with its name", () => {
  expect(() => call(new Configuration({}), "mergePackages", {})).toThrow("mergePackages");
});
