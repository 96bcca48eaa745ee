import { describe, expect, test } from "vitest";
import { operations } from "./documented-operations.ts";
import { errorMessage, keys, mockForTest } from "./mock-for-test.ts";

const names = Object.keys(keys);

describe.each(operations.filter(({ hasKeys }) => hasKeys))("$operationId", ({ path, request, responses }) => {
  const documented = responses.find(({ status }) => status === 401)?.examples[0]?.[1] as { message: string };

  test.each([
    [["x-user-id"], "header x-user-id is missing"],
    [["x-api-key"], "header x-api-key is missing"],
    [names, "header x-user-id and header x-api-key are missing"],
  ])("without %s", async (missing, problem) => {
    const { url } = await mockForTest();
    const given = Object.entries(request.headers).filter(([name]) => !missing.includes(name));
    const response = await fetch(url + path, { ...request, headers: Object.fromEntries(given) });
    expect(response.status).toBe(401);
    expect(await errorMessage(response)).toBe(`${documented.message}: ${problem}`);
  });

  test("an empty key counts as missing", async () => {
    const { url } = await mockForTest();
    const headers = { ...request.headers, "x-api-key": "" };
    const response = await fetch(url + path, { ...request, headers });
    expect(response.status).toBe(401);
    expect(await errorMessage(response)).toContain("header x-api-key is missing");
  });
});

test.each(operations.filter(({ hasKeys }) => !hasKeys))("$operationId needs no key", async (operation) => {
  const { url } = await mockForTest();
  for (const headers of [{}, keys, { "x-api-key": "" }]) {
    const response = await fetch(url + operation.path, { headers });
    expect(response.status).toBe(operation.responses[0]?.status);
  }
});

test.each([
  ["an invalid parameter", "/packages?count=abc", {}],
  ["a malformed id", "/packages/%E0%A4", {}],
  ["an invalid body", "/packages", { method: "POST", body: "{}" }],
  ["a malformed body", "/packages", { method: "POST", body: "{" }],
  ["a preference", "/packages", { headers: { prefer: "code=200" } }],
])("missing keys are reported before %s", async (_, path, init: RequestInit) => {
  const { url } = await mockForTest();
  const headers = { ...(init.headers as object), "content-type": "application/json" };
  expect((await fetch(url + path, { ...init, headers })).status).toBe(401);
});
