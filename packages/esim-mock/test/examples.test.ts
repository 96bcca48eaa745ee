import { describe, expect, test } from "vitest";
import { basePath, bodyOf, operations } from "./documented-operations.ts";
import { errorMessage, keys, mockForTest } from "./mock-for-test.ts";

test("the document has operations to test", () => {
  expect(operations.map(({ operationId }) => operationId)).toContain("createPackage");
  expect(operations.flatMap(({ responses }) => responses).length).toBeGreaterThan(20);
});

describe.each(operations)("$operationId", ({ path, request, responses }) => {
  test.each(["", basePath])("answers with the first example of its success under '%s'", async (base) => {
    const { url } = await mockForTest();
    const response = await fetch(url + base + path, request);
    const success = responses.find(({ status }) => status < 300);
    expect(response.status).toBe(success?.status);
    expect(response.headers.get("content-type")).toBe(success?.mediaType ?? null);
    expect(await bodyOf(response)).toEqual(success?.examples[0]?.[1]);
  });

  test.each(responses)("Prefer: code=$status", async ({ status, examples }) => {
    const { url } = await mockForTest();
    const headers = { ...request.headers, prefer: `code=${status}` };
    const byHeader = await fetch(url + path, { ...request, headers });
    expect(byHeader.status).toBe(status);
    expect(await bodyOf(byHeader)).toEqual(examples[0]?.[1]);

    const byQuery = await fetch(`${url}${path}?__code=${status}`, request);
    expect(byQuery.status).toBe(status);
    expect(await bodyOf(byQuery)).toEqual(examples[0]?.[1]);
  });

  const named = responses.flatMap(({ status, examples }) =>
    examples.map(([name, value]) => ({ status, name, value })),
  );
  test.each(named)("Prefer: code=$status, example=$name", async ({ status, name, value }) => {
    const { url } = await mockForTest();
    const headers = { ...request.headers, prefer: `code=${status}, example="${name}"` };
    const response = await fetch(url + path, { ...request, headers });
    expect(response.status).toBe(status);
    expect(await bodyOf(response)).toEqual(value);
  });

  test("refuses an unknown example or status, and lists the known ones", async () => {
    const { url } = await mockForTest();
    const prefer = (value: string) =>
      fetch(url + path, { ...request, headers: { ...request.headers, prefer: value } });

    const status = await prefer("code=418");
    expect(status.status).toBe(400);
    const codes = responses.map((each) => each.status).join(", ");
    expect(await errorMessage(status)).toContain(`code=418: `);
    expect(await errorMessage(await prefer("code=418"))).toContain(codes);

    const example = await prefer("example=nosuch");
    expect(example.status).toBe(400);
    const message = await errorMessage(example);
    for (const { name } of named) expect(message).toContain(name);
  });
});

const oneOfSeveral = operations.flatMap(({ path, request, responses }) =>
  responses
    .filter(({ status }) => status < 300)
    .flatMap(({ examples }) => examples.map(([name, value]) => ({ path, request, name, value }))),
);
test.each(oneOfSeveral)("Prefer: example=$name alone chooses among the successes of $path", async (each) => {
  const { url } = await mockForTest();
  const headers = { ...each.request.headers, prefer: `example=${each.name}` };
  expect(await bodyOf(await fetch(url + each.path, { ...each.request, headers }))).toEqual(each.value);
});

test.each(["code=abc", "code=20", "dynamic=perhaps"])("Prefer: %s is refused by name", async (prefer) => {
  const { url } = await mockForTest();
  const response = await fetch(`${url}/packages`, { headers: { ...keys, prefer } });
  expect(response.status).toBe(400);
  expect(await errorMessage(response)).toContain(`Preference ${prefer.split("=")[0]} must be`);
});

test("other preferences are ignored, and an example of another status does not leak in", async () => {
  const { url } = await mockForTest();
  const prefer = (value: string) => fetch(`${url}/packages/x`, { headers: { ...keys, prefer: value } });
  expect((await prefer("respond-async, wait=10")).status).toBe(200);
  expect((await prefer("respond-async, code=404")).status).toBe(404);
  expect((await prefer("code=404, example=active")).status).toBe(400);
});
