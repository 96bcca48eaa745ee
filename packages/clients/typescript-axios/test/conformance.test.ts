import {
  type ConformanceCase,
  conformanceCases,
  conformanceExceptions,
  startConformanceServer,
} from "@betatelltd/esim-testing";
import { Configuration } from "the-client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { call } from "./cases.ts";

const client = inject("client");
const exceptions = new Map(conformanceExceptions(client).map((each) => [each.case, each]));
const cases = conformanceCases();
let server: Awaited<ReturnType<typeof startConformanceServer>>;
beforeAll(async () => {
  server = await startConformanceServer();
});
afterAll(() => server.close());

async function check({ name, operation, arguments: args, keys, wire, expect: wanted }: ConformanceCase) {
  const configuration = new Configuration({
    basePath: `${server.url}/${name}`,
    apiKey: (header: string) => keys[header] ?? "",
    baseOptions: { maxRetries: 0 },
  });
  const outcome = await call(configuration, operation, args).then(
    ({ data }) => ({ data, error: undefined }),
    (error) => ({ data: undefined, error }),
  );
  const sent = await (await fetch(`${server.url}/${name}/_wire`)).json();
  expect(sent, "on the wire").toEqual([wire]);
  if (wanted.error) {
    const { status, message } = wanted.error;
    expect(outcome.error?.response?.status, String(outcome.error)).toBe(status);
    if (message !== undefined) expect(outcome.error.response.data.message).toBe(message);
    return;
  }
  expect(outcome.error).toBeUndefined();
  if (wanted.bytes !== undefined) {
    expect(outcome.data).toBeInstanceOf(Uint8Array);
    return expect(Buffer.from(outcome.data as Uint8Array).toString("base64")).toBe(wanted.bytes);
  }
  for (const [pointer, value] of Object.entries(wanted.value ?? {})) {
    expect(at(outcome.data, pointer) ?? null, pointer).toEqual(value);
  }
  for (const [pointer, id] of Object.entries(wanted.ids ?? {})) {
    const found = at(outcome.data, pointer);
    expect(typeof found === "object" ? at(found, "/id") : found, pointer).toBe(id);
  }
}

function at(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce((here, key) => Object(here)[key], value);
}

test.each(cases)("$name", async (each) => {
  const exception = exceptions.get(each.name);
  if (!exception) return check(each);
  await expect(check(each), `it passes: take it off the exceptions (${exception.reason})`).rejects.toThrow();
});

test("is reported", () => {
  console.log(`conformance ${client}: ${cases.length - exceptions.size}/${cases.length}`);
  expect([...exceptions.keys()].filter((name) => !cases.some((each) => each.name === name))).toEqual([]);
});
