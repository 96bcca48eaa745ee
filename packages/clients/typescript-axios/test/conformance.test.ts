import {
  type ConformanceCase,
  conformanceCases,
  conformanceExceptions,
  startConformanceServer,
} from "@betatelltd/esim-testing";
import { Configuration, PackagesApi } from "the-client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

const client = inject("client");
const exceptions = new Map(conformanceExceptions(client).map((each) => [each.case, each]));
const cases = conformanceCases();
let server: Awaited<ReturnType<typeof startConformanceServer>>;
beforeAll(async () => {
  server = await startConformanceServer();
});
afterAll(() => server.close());

// biome-ignore lint/suspicious/noExplicitAny: a case's arguments are data.
type Arguments = any;

/** Each operation with a case's arguments, in the order in which the method takes them. */
const operations: Record<string, (api: PackagesApi, args: Arguments) => Promise<{ data: unknown }>> = {
  getPackages: (api, { count, offset, inventory, package_template, sim, status }) =>
    api.getPackages(count, offset, inventory, package_template, sim, status),
  getPackage: (api, { id }) => api.getPackage(id),
  createPackage: (api, body) => api.createPackage(body),
  activatePackage: (api, { id }) => api.activatePackage(id),
  terminatePackage: (api, { id }) => api.terminatePackage(id),
};

async function check({ name, operation, arguments: args, keys, wire, expect: wanted }: ConformanceCase) {
  const configuration = new Configuration({
    basePath: `${server.url}/${name}`,
    apiKey: (header: string) => keys[header] ?? "",
    baseOptions: { maxRetries: 0 },
  });
  const outcome = await operations[operation]?.(new PackagesApi(configuration), args).then(
    ({ data }) => ({ data, error: undefined }),
    (error) => ({ data: undefined, error }),
  );
  const sent = await (await fetch(`${server.url}/${name}/_wire`)).json();
  expect(sent, "on the wire").toEqual([wire]);
  if (wanted.error) {
    const { status, message } = wanted.error;
    expect(outcome?.error?.response?.status, String(outcome?.error)).toBe(status);
    if (message !== undefined) expect(outcome?.error.response.data.message).toBe(message);
    return;
  }
  expect(outcome?.error).toBeUndefined();
  for (const [pointer, value] of Object.entries(wanted.value ?? {})) {
    expect(at(outcome?.data, pointer) ?? null, pointer).toEqual(value);
  }
}

function at(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce((here: Arguments, key) => here?.[key], value);
}

test.each(cases)("$name", async (each) => {
  const exception = exceptions.get(each.name);
  if (!exception) return check(each);
  await expect(check(each), `it passes: take it off the exceptions (${exception.reason})`).rejects.toThrow();
});

test("is told", () => {
  console.log(`conformance ${client}: ${cases.length - exceptions.size}/${cases.length}`);
  expect([...exceptions.keys()].filter((name) => !cases.some((each) => each.name === name))).toEqual([]);
});
