import { type ListCase, listCases, startListServer } from "@betatelltd/esim-testing";
import * as client from "the-client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

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
type Iterate = (...args: unknown[]) => AsyncIterable<{ readonly id?: string }>;

/** The npm client has it as a method, the other one as a function. */
function iterate(api: client.PackagesApi, options: Options): ReturnType<Iterate> {
  const { iteratePackages: method } = api as { iteratePackages?: Iterate };
  if (method) return method.call(api, {}, { ...options, maxRetries: 0 });
  return (client as unknown as { iteratePackages: Iterate }).iteratePackages(api, {}, options);
}

async function check({ name, pageSize = 100, offset = 0, expect: wanted }: ListCase) {
  const basePath = `${server.url}/${name}`;
  await fetch(`${basePath}/_again`);
  const api = new client.PackagesApi(new client.Configuration({ basePath, apiKey: () => "any" }));
  const ids: (string | undefined)[] = [];
  const walk = (async () => {
    for await (const { id } of iterate(api, { pageSize, offset })) ids.push(id);
  })();
  if (wanted.error) return void (await expect(walk).rejects.toThrow());
  await walk;
  if (wanted.alike) return expect(ids).toEqual(Array(wanted.alike).fill(undefined));
  const { first, count } = wanted.rows ?? { first: 0, count: 0 };
  const expected = Array.from({ length: count }, (_, at) => `pkg_${first + at}`);
  expect(ids.filter((id) => !wanted.others || expected.includes(`${id}`))).toEqual(expected);
  expect(new Set(ids).size).toBe(ids.length);
}

test.each(cases)("$name", check);

test("is reported", () => {
  console.log(`lists ${name}: ${cases.length}/${cases.length}`);
});
