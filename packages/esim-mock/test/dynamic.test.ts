import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { document, operations } from "./documented-operations.ts";
import { keys, mockForTest } from "./mock-for-test.ts";

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger });
ajv.addSchema(document, "document");

const answers = operations.flatMap(({ operationId, path, request, responses }) =>
  responses
    // Bytes are not generated.
    .filter(({ mediaType }) => mediaType === "application/json")
    .flatMap(({ status, schema }) => (schema ? [{ operationId, path, request, status, schema }] : [])),
);

describe.each([
  ["--dynamic", { dynamic: true }, "respond-async"],
  ["Prefer: dynamic=true", {}, "dynamic=true"],
])("%s", (_, options, prefer) => {
  test.each(answers)("50 answers $status of $operationId are valid, not all the same", async (each) => {
    const { url } = await mockForTest(options);
    const validate = ajv.compile({ $ref: `document#${each.schema}` });
    const headers = { ...each.request.headers, prefer: `${prefer}, code=${each.status}` };
    const seen = new Set<string>();
    for (let time = 0; time < 50; time++) {
      const response = await fetch(url + each.path, { ...each.request, headers });
      expect(response.status).toBe(each.status);
      const text = await response.text();
      seen.add(text);
      expect(validate(JSON.parse(text)), `${text} ${ajv.errorsText(validate.errors)}`).toBe(true);
    }
    expect(seen.size).toBeGreaterThan(1);
  });
});

test("a request can ask for examples again, and a seed applies to one request only", async () => {
  const { url } = await mockForTest({ dynamic: true });
  const get = async (prefer: string) =>
    (await fetch(`${url}/packages/x`, { headers: { ...keys, prefer } })).text();
  expect(await get("dynamic=false")).toBe(await get("dynamic=false"));
  expect(await get("seed=a")).toBe(await get("seed=a"));
  expect(await get("seed=a")).not.toBe(await get("seed=b"));
  expect(await get("dynamic=true")).not.toBe(await get("dynamic=true"));
});
