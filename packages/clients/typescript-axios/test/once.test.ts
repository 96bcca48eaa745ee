import { type OnceCase, onceCases, onceRequest, startOnceServer } from "@betatelltd/esim-testing";
import * as client from "the-client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

const name = inject("client");
const cases = onceCases();
let server: Awaited<ReturnType<typeof startOnceServer>>;
beforeAll(async () => {
  server = await startOnceServer();
});
afterAll(() => server.close());

type CreateOnce = (
  api: client.PackagesApi,
  request: client.CreatePackageRequest,
  options: object,
) => Promise<{ found: boolean; data: { id?: string } }>;
const { createPackageOnce, CannotKnowError } = client as unknown as {
  createPackageOnce: CreateOnce;
  CannotKnowError: new () => Error;
};

async function check({ name, expect: wanted }: OnceCase) {
  const basePath = `${server.url}/${name}`;
  await fetch(`${basePath}/_again`);
  // The npm client, which may repeat what was refused, is set not to.
  const options = { lookupDelay: 0, ...(inject("client") === "esim-sdk" && { maxRetries: 0 }) };
  const api = new client.PackagesApi(new client.Configuration({ basePath, apiKey: () => "any" }));
  const { result, error } = await createPackageOnce(api, onceRequest(), options).then(
    ({ found, data }) => ({ result: { found, id: data.id }, error: undefined }),
    (thrown) => ({ result: undefined, error: thrown }),
  );
  expect(await (await fetch(`${basePath}/_seen`)).json(), String(error)).toEqual({
    posts: wanted.posts,
    purchases: wanted.purchases,
  });
  if (wanted.result) return expect(result, String(error)).toEqual(wanted.result);
  expect(result).toBeUndefined();
  if (wanted.error) {
    expect(error).toMatchObject({ status: wanted.error.status, outcomeUnknown: false });
    return expect(error).not.toBeInstanceOf(CannotKnowError);
  }
  expect(error).toBeInstanceOf(CannotKnowError);
  expect(error.outcomeUnknown).toBe(true);
  const ids = error.candidates.map(({ id }: { id?: string }) => id ?? null);
  expect(ids.toSorted()).toEqual(wanted.cannotKnow?.candidates.toSorted());
}

test.each(cases)("$name", check);

test("is reported", () => {
  console.log(`once ${name}: ${cases.length}/${cases.length}`);
});
