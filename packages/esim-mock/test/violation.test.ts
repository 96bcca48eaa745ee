import { expect, test } from "vitest";
import { loadDocument } from "../src/contract/load-document.ts";
import { type PrismRequest, type PrismResponse, stockComponents } from "../src/contract/prism.ts";
import { parseViolation } from "../src/contract/violation.ts";
import { closeSchemas } from "../src/upstream/close-schemas.ts";
import { operations as documented } from "./documented-operations.ts";
import { fileForTest } from "./mock-for-test.ts";

const { validateInput, validateSecurity, validateOutput } = stockComponents();
const { operations } = await loadDocument(undefined);

const json = { "content-type": "application/json" };
const active = documented
  .find(({ operationId }) => operationId === "getPackage")
  ?.responses[0]?.examples.find(([name]) => name === "active")?.[1] as object;

function operationOf(id: string) {
  const found = operations.find(({ iid }) => iid === id);
  if (!found) throw new Error(`no operation ${id}`);
  return closeSchemas(found);
}

function ask(id: string, { query = {}, path = "", body, type }: Partial<Asked>) {
  const resource = operationOf(id);
  const headers = { "content-length": body === undefined ? "0" : "9", ...(type && { "content-type": type }) };
  const element = {
    method: resource.method,
    url: { path: path || resource.path, query },
    headers,
    body,
  } as PrismRequest;
  return [validateSecurity({ resource, element }), validateInput({ resource, element })];
}

interface Asked {
  query: Record<string, string>;
  path: string;
  body: unknown;
  type: string;
}

function answer(id: string, body: unknown, statusCode = 200, headers: Record<string, string> = json) {
  const element = { statusCode, headers, body } as PrismResponse;
  return [validateOutput({ resource: operationOf(id), element })];
}

const TYPE = "application/json";
const request = { sim: "8910300000045681955", package_template: 21145354 };
const withStatus = (status: unknown) => ({ ...active, status });

/** A violation, Prism's message for it, and how that is parsed. If Prism rewords one, it fails here by name. */
test.each([
  [
    "no key",
    () => ask("getPackages", {}),
    "Invalid security scheme used",
    ["security", [], "missing key", "is missing"],
  ],
  [
    "a number in a query that is none",
    () => ask("getPackages", { query: { count: "many" } }),
    "Request query parameter count must be integer",
    ["query", ["count"], "wrong type", "must be integer"],
  ],
  [
    "a value in a query that is not among those allowed",
    () => ask("getPackages", { query: { status: "ON" } }),
    "Request query parameter status must be equal to one of the allowed values: NOT_ACTIVE, ACTIVE, SUSPENDED, TERMINATED",
    ["query", ["status"], "unknown value", "must be one of NOT_ACTIVE, ACTIVE, SUSPENDED, TERMINATED"],
  ],
  [
    "a number that is too small",
    () => ask("getPackages", { query: { offset: "-1" } }),
    "Request query parameter offset must be >= 0",
    ["query", ["offset"], "too small", "must be >= 0"],
  ],
  [
    "no body",
    () => ask("createPackage", {}),
    "Body parameter is required",
    ["body", [], "missing field", "is missing"],
  ],
  [
    "a body that is a list",
    () => ask("createPackage", { body: [], type: TYPE }),
    "Request body must be object",
    ["body", [], "wrong type", "must be object"],
  ],
  [
    "a body of another type",
    () => ask("createPackage", { body: "x", type: "text/plain" }),
    "Supported content types: application/json",
    ["content-type", [], "wrong media type", "is missing or not supported: use application/json"],
  ],
  [
    "a body where there is none",
    () => ask("activatePackage", { path: "/packages/p/activate", body: {}, type: TYPE }),
    "No supported content types, but request included a non-empty body",
    ["body", [], "undocumented body", "is not documented"],
  ],
  [
    "a field left out",
    () => ask("createPackage", { body: { sim: request.sim }, type: TYPE }),
    "Request body must have required property 'package_template'",
    ["body", ["package_template"], "missing field", "is missing"],
  ],
  [
    "a number that is too large",
    () => ask("createPackage", { body: { ...request, time_allowance: 2 ** 60 }, type: TYPE }),
    "Request body property time_allowance must be <= 9007199254740991",
    ["body", ["time_allowance"], "too large", "must be <= 9007199254740991"],
  ],
  [
    "a text that does not fit a pattern",
    () => ask("createPackage", { body: { ...request, sim: "x" }, type: TYPE }),
    'Request body property sim must match pattern "^\\d{19,20}$"',
    ["body", ["sim"], "pattern", 'must match pattern "^\\d{19,20}$"'],
  ],
  [
    "a field of another type",
    () => ask("createPackage", { body: { ...request, package_template: "x" }, type: TYPE }),
    "Request body property package_template must be integer",
    ["body", ["package_template"], "wrong type", "must be integer"],
  ],
  [
    "an undocumented status",
    () => answer("getPackage", {}, 418),
    /^Unable to match the returned status code with those defined in the document: 200,/,
    ["status", [], "undocumented status", "is not documented"],
  ],
  [
    "an answer of another type",
    () => answer("getPackage", active, 200, { "content-type": "text/plain" }),
    'The received media type "text/plain" does not match the one specified in the current response: application/json',
    ["content-type", [], "wrong media type", "is not the documented one"],
  ],
  [
    "an answer without a type",
    () => answer("getPackage", active, 200, {}),
    'The received media type "" does not match the one specified in the current response: application/json',
    ["content-type", [], "wrong media type", "is not the documented one"],
  ],
  [
    "a value in an answer that is not among those allowed",
    () => answer("getPackage", withStatus("ON_HOLD")),
    "Response body property status must be equal to one of the allowed values: NOT_ACTIVE, ACTIVE, SUSPENDED, TERMINATED",
    ["body", ["status"], "unknown value", "must be one of NOT_ACTIVE, ACTIVE, SUSPENDED, TERMINATED"],
  ],
  [
    "a field left out of a row",
    () => answer("getPackages", { total: 1, count: 1, offset: 0, packages: [{ ...active, sim: undefined }] }),
    "Response body property packages.0 must have required property 'sim'",
    ["body", ["packages", "0", "sim"], "missing field", "is missing"],
  ],
  [
    "an undocumented field, with all that a name can have in it",
    () => answer("getPackage", { ...active, "it's/a~\n\u001b.b": 1 }),
    "Response body must NOT have additional properties; found 'it's/a~\n\u001b.b'",
    ["body", ["it's/a~\n\u001b.b"], "undocumented field", "is not documented"],
  ],
] as const)("%s", (_, check, sentence, [place, field, kind, problem]) => {
  const violations = check().flatMap((checked) => (checked._tag === "Left" ? checked.left : []));
  const found = violations.find(({ message }) =>
    typeof sentence === "string" ? message === sentence : sentence.test(message),
  );
  expect(found, JSON.stringify(violations)).toBeDefined();
  expect(found && parseViolation(found)).toEqual({ place, field, kind, problem });
});

test("a deprecated parameter and a response header", async () => {
  const parameter = { name: "Old", in: "query", deprecated: true, schema: { type: "string" } };
  const response = {
    description: "fine",
    headers: { "X-Left": { required: true, schema: { type: "integer" } } },
  };
  const document = {
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
    paths: { "/x": { get: { operationId: "x", parameters: [parameter], responses: { 200: response } } } },
  };
  const [resource] = (await loadDocument(await fileForTest("x.json", JSON.stringify(document)))).operations;
  if (!resource) throw new Error("no operation");
  const element: PrismRequest = { method: "get", url: { path: "/x", query: { Old: "1" } }, headers: {} };
  const asked = validateInput({ resource, element });
  const answered = validateOutput({ resource, element: { statusCode: 200, headers: { "x-left": "many" } } });
  const violations = [asked, answered].flatMap((checked) => (checked._tag === "Left" ? checked.left : []));
  expect(violations.map((each) => [each.message, parseViolation(each)])).toEqual([
    [
      "Query param Old is deprecated",
      { place: "query", field: ["Old"], kind: "deprecated", problem: "is deprecated" },
    ],
    [
      "Response header parameter x-left must be integer",
      { place: "header", field: ["x-left"], kind: "wrong type", problem: "must be integer" },
    ],
  ]);
});
