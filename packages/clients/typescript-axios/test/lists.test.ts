import { type ListCase, listCases, PACKAGES, startListServer } from "@betatelltd/esim-testing";
import * as client from "the-client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { apiOf } from "./cases.ts";

const name = inject("client");
const cases = listCases();
let server: Awaited<ReturnType<typeof startListServer>>;
beforeAll(async () => {
  server = await startListServer();
});
afterAll(() => server.close());

interface Options {
  readonly pageSize: number;
  readonly offset: number;
}
type Iterate = (...args: unknown[]) => AsyncIterable<Readonly<Record<string, unknown>>>;

/** The npm client has a method for it, the axios client a function. */
function iterate(configuration: client.Configuration, operation: string, options: Options) {
  const api = apiOf(configuration, operation);
  const name = operation.replace(/^get/, "iterate");
  const method = api[name] as unknown as Iterate | undefined;
  if (method) return method.call(api, {}, { ...options, maxRetries: 0 });
  return (client as unknown as Record<string, Iterate>)[name]?.(api, {}, options) ?? expect.unreachable(name);
}

async function check({ name, list = PACKAGES, pageSize = 100, offset = 0, expect: wanted }: ListCase) {
  const basePath = `${server.url}/${name}`;
  await fetch(`${basePath}/_again`);
  const configuration = new client.Configuration({ basePath, apiKey: () => "any" });
  const ids: (string | undefined)[] = [];
  const walk = (async () => {
    for await (const row of iterate(configuration, list.operation, { pageSize, offset })) {
      const { [list.id]: id } = Object(row);
      ids.push(id === undefined ? undefined : `${id}`);
    }
  })();
  if (wanted.error) return void (await expect(walk).rejects.toThrow());
  await walk;
  if (wanted.alike) return expect(ids).toEqual(Array(wanted.alike).fill(undefined));
  const { first, count } = wanted.rows ?? { first: 0, count: 0 };
  const expected = Array.from({ length: count }, (_, at) => `${list.prefix}${first + at}`);
  expect(ids.filter((id) => !wanted.others || expected.includes(`${id}`))).toEqual(expected);
  expect(new Set(ids).size).toBe(ids.length);
}

test.each(cases)("$name", check);

test("is reported", () => {
  console.log(`lists ${name}: ${cases.length}/${cases.length}`);
});
