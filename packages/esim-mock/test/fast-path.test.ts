import { fileURLToPath } from "node:url";
import { createInstance } from "@stoplight/prism-http";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { acceptAny } from "../src/contract/acceptable.ts";
import { decodeExamples, validateBytes } from "../src/contract/binary.ts";
import { createComponents } from "../src/contract/components.ts";
import { explainInvalid } from "../src/contract/explain-invalid.ts";
import { cachedExamples } from "../src/contract/fast-path/examples.ts";
import { fastInput } from "../src/contract/fast-path/input.ts";
import { fastOutput } from "../src/contract/fast-path/output.ts";
import { fastRoute } from "../src/contract/fast-path/route.ts";
import { fastSecurity } from "../src/contract/fast-path/security.ts";
import { refuseUnreadable } from "../src/contract/input.ts";
import { loadDocument } from "../src/contract/load-document.ts";
import { createPipeline } from "../src/contract/pipeline.ts";
import { checkPreference, readPreference } from "../src/contract/preference.ts";
import {
  type Components,
  type Operation,
  PRISM_CONFIG,
  type PrismRequest,
  type PrismResponse,
  stockComponents,
} from "../src/contract/prism.ts";
import { explainRoute } from "../src/contract/route.ts";
import { createRouter } from "../src/contract/router.ts";
import { refuse } from "../src/http/answer.ts";
import { toJson } from "../src/http/json-text.ts";
import { UnreadableBody } from "../src/http/unreadable-body.ts";
import { operations as documented } from "./documented-operations.ts";
import { fileForTest, mockForTest, postJson } from "./mock-for-test.ts";

const stock = stockComponents();
const slowInput = refuseUnreadable(stock.validateInput);
const slowOutput = validateBytes(stock.validateOutput);

/** Prism's own pipeline, without the fast path. */
const slowComponents: Components = {
  ...stock,
  route: explainRoute(stock.route),
  validateInput: slowInput,
  mock: explainInvalid(stock.mock, acceptAny(decodeExamples(checkPreference(stock.mock)))),
  validateOutput: slowOutput,
};

const ICCID = "8910300000045681955";
const scalar = fc.constantFrom(
  ...[
    "",
    "0",
    "1",
    "7",
    "-1",
    "1.5",
    "1e3",
    " 1",
    "01",
    "0x1",
    "Infinity",
    "true",
    "null",
    "abc",
    "a,b",
    "2026-01-01",
  ],
  ...["9007199254740993", "ACTIVE", "active", "NOT_ACTIVE", ICCID, `${ICCID}\n`, "١٢"],
);
const parameter = fc.constantFrom(
  ...[
    "count",
    "offset",
    "inventory",
    "package_template",
    "sim",
    "status",
    "flag",
    "when",
    "list",
    "Cased",
    "old",
    "key",
  ],
  ...["Count", "STATUS", "cased", "__proto__", "constructor", "other", "part", "id"],
);
const segment = fc.constantFrom(
  ...[
    "packages",
    "activate",
    "terminate",
    "a",
    "new",
    "x",
    "xy",
    "yxz",
    "pkg_1",
    "pkg_123456",
    "1",
    "10",
    "",
    ".",
  ],
  ...["%61", "ne%77", "%2F", "%", "%zz", "a,b", "a+b", "~", "{id}", "ü", "a;b", "a b"],
);
const path = fc.oneof(
  fc.constantFrom(
    "/packages",
    "/packages/pkg_1",
    "/packages/pkg_1/activate",
    "/a/1",
    "/a/new",
    "/b/ne%77",
    "/a/xy",
    "/packages/",
  ),
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join("/")}`),
);

const time_allowance = fc.constantFrom(1, 0, -1, 604_800, 2 ** 53, 2 ** 53 - 1, 1.5, "1", null);
const createRequest = fc.record(
  {
    sim: fc.oneof(fc.constant(ICCID), scalar, fc.integer()),
    package_template: fc.oneof(fc.constantFrom(21145354), fc.double(), scalar),
    time_allowance,
    x: fc.constantFrom("x", null, 1),
    given: fc.constant("g"),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.constant(undefined),
  fc.constant({ sim: ICCID, package_template: 21145354 }),
  createRequest,
  fc.jsonValue(),
  fc.constant(new UnreadableBody("is not valid JSON")),
);
const types = [
  undefined,
  "application/json",
  "application/json; charset=utf-8",
  "application/vnd.x+json",
  "text/plain",
];

const request = fc
  .record({
    method: fc.constantFrom("get", "post", "delete", "head") as fc.Arbitrary<PrismRequest["method"]>,
    path,
    query: fc.dictionary(parameter, fc.oneof(scalar, fc.array(scalar, { minLength: 2, maxLength: 3 })), {
      maxKeys: 3,
    }) as fc.Arbitrary<Record<string, string>>,
    keys: fc.subarray(["x-user-id", "x-api-key", "x-two", "x-three"]),
    emptyKey: fc.boolean(),
    type: fc.constantFrom(...types),
    accept: fc.constantFrom(
      undefined,
      "application/json",
      "*/*",
      "text/html",
      "text/*, application/json;q=0.5",
    ),
    prefer: fc.constantFrom(undefined, "code=404", "code=418", "example=empty", "dynamic=false", "code=x"),
    body,
  })
  .map(({ method, path, query, keys, emptyKey, type, accept, prefer, body }): PrismRequest => {
    const headers: Record<string, string> = { "content-length": body === undefined ? "0" : "10" };
    for (const key of keys) headers[key] = emptyKey ? "" : "k";
    if (type !== undefined && body !== undefined) headers["content-type"] = type;
    if (accept !== undefined) headers.accept = accept;
    if (prefer !== undefined) headers.prefer = prefer;
    return { method, url: { path, query }, headers, body };
  });

/** A request for one operation with its own parameters, most of them valid. */
function requestFor({ method, path, request: declared = {} }: Operation): fc.Arbitrary<PrismRequest> {
  const values = (parameters: readonly { name: string }[] = []) =>
    fc.record(Object.fromEntries(parameters.map(({ name }) => [name, scalar])), {
      requiredKeys: [],
    }) as fc.Arbitrary<Record<string, string>>;
  const value = fc.oneof({ weight: 3, arbitrary: fc.constant("7") }, segment);
  return fc
    .tuple(request, values(declared.query), values(declared.headers), value, fc.boolean())
    .map(([some, query, headers, value, isPlain]) => ({
      ...some,
      method: method as PrismRequest["method"],
      url: {
        path: path.replace(/\{[^}]+\}/g, () => value),
        query: isPlain ? query : { ...some.url.query, ...query },
      },
      headers: { ...some.headers, ...headers },
      ...(!declared.body && isPlain && { body: undefined }),
    }));
}

/** `example` with a random change at a random place. */
function departing(example: unknown): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(
    fc.constant(example),
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(undefined, Number.NaN),
  );
  if (Array.isArray(example) && example.length > 0) {
    return fc.oneof(leaf, fc.array(departing(example[0]), { maxLength: 3 }));
  }
  if (typeof example !== "object" || example === null) return leaf;
  const fields = Object.entries(example).map(([name, value]) => [name, departing(value)] as const);
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 9, arbitrary: oneChanged(example, fields) });
}

function oneChanged(example: object, fields: readonly (readonly [string, fc.Arbitrary<unknown>])[]) {
  if (fields.length === 0) return fc.constant<unknown>(example);
  return fc.oneof(
    ...fields.map(([name, arbitrary]) => arbitrary.map((value): unknown => ({ ...example, [name]: value }))),
    fc.constant<unknown>(example),
  );
}

const documents = [
  ["the eSIM API", undefined],
  ["an odd document", fileURLToPath(new URL("./odd-document.json", import.meta.url))],
] as const;

describe.each(documents)("for %s", (_, file) => {
  let operations: readonly Operation[] = [];
  beforeAll(async () => {
    ({ operations } = await loadDocument(file));
  });
  const runs = { numRuns: 2_000 };
  const ownRequest = () =>
    fc.oneof(
      ...operations.map((operation) =>
        fc.tuple(fc.constant(operation), fc.oneof(requestFor(operation), request)),
      ),
    );

  test("routes like Prism", () => {
    const fast = fastRoute(stock.route);
    const resources = [...operations];
    fc.assert(
      fc.property(ownRequest(), ([, input]) => {
        const [ours, prisms] = [fast, stock.route].map((route) => route({ resources, input }));
        expect(ours?._tag).toBe(prisms?._tag);
        if (ours?._tag === "Right") expect(prisms).toHaveProperty("right", ours.right);
      }),
      runs,
    );
  });

  test("accepts keys and requests only where Prism does", () => {
    const checks = [
      [fastSecurity(stock.validateSecurity), stock.validateSecurity],
      [fastInput(slowInput), slowInput],
    ] as const;
    fc.assert(
      fc.property(ownRequest(), ([resource, element]) => {
        const options = { resource, element };
        for (const [fast, slow] of checks) expect(fast(options)).toEqual(slow(options));
      }),
      runs,
    );
  });

  test("accepts answers only where Prism does", () => {
    const fast = fastOutput(slowOutput);
    const answers = operations.flatMap((resource) =>
      resource.responses.map((response) => {
        const example = response.contents?.[0]?.examples?.[0];
        return fc.record({
          resource: fc.constant(resource),
          statusCode: fc.constantFrom(Number.parseInt(response.code, 10) || 299, 200, 204, 299),
          type: fc.constantFrom(
            ...["application/json", "application/json; charset=utf-8", "text/plain", "image/png"],
          ),
          header: fc.constantFrom("content-type", "Content-type"),
          body: fc.oneof(
            { weight: 9, arbitrary: departing(example && "value" in example ? example.value : { id: 1 }) },
            fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
          ),
        });
      }),
    );
    fc.assert(
      fc.property(fc.oneof(...answers), ({ resource, statusCode, type, header, body }) => {
        const element = { statusCode, headers: { [header]: type }, body } as PrismResponse;
        expect(fast({ resource, element })).toEqual(slowOutput({ resource, element }));
      }),
      runs,
    );
  });

  test("answers like Prism, to the byte", async () => {
    const fast = answerBy(operations, createComponents());
    const slow = createInstance(PRISM_CONFIG, slowComponents);
    const resources = [...operations];
    const prisms = async (element: PrismRequest) => {
      try {
        const config = { ...PRISM_CONFIG, mock: { dynamic: false, ...readPreference(element) } };
        const result = await slow.request(element, resources, config)();
        if (result._tag === "Left") return refuse(result.left);
        const { statusCode: status, headers = {}, body } = result.right.output;
        return { status, headers, body };
      } catch (error) {
        return refuse(error);
      }
    };
    await fc.assert(
      fc.asyncProperty(ownRequest(), async ([, element]) => {
        const [ours, theirs] = [fast(element), await prisms(element)];
        expect([ours.status, ours.headers, toJson(ours.body)]).toEqual([
          theirs.status,
          theirs.headers,
          JSON.stringify(theirs.body),
        ]);
      }),
      runs,
    );
  });
});

test.each([
  ["a type that there is not", "{ type: objekt }"],
  ["a pattern that is none", '{ type: object, properties: { v: { type: string, pattern: "[" } } }'],
  ["an enum that is no list", "{ enum: 5 }"],
  ["required fields that are no list", "{ type: object, required: true }"],
  ["required fields that are no names", "{ type: object, required: [1, 1] }"],
  ["an empty enum", "{ enum: [] }"],
  ["types of which one is none", "{ type: [object, objekt] }"],
  ["a length below zero", "{ type: string, minLength: -1 }"],
  ["a limit that is text", '{ type: integer, minimum: "1" }'],
  ["properties that are a list", "{ type: object, properties: [] }"],
  ["items that are no schema", "{ type: array, items: 5 }"],
  ["a property that is no schema", "{ type: object, properties: { v: 5 } }"],
])("a schema with %s is left to Prism", async (_, schema) => {
  const document = `openapi: 3.1.0
info: { title: Things, version: "1" }
paths:
  /things:
    post:
      operationId: addThing
      parameters: [{ name: kind, in: query, schema: ${schema} }]
      requestBody: { content: { application/json: { schema: ${schema} } } }
      responses: { 200: { description: d, content: { application/json: { schema: ${schema}, example: { v: x } } } } }
`;
  const spec = await fileForTest("things.yaml", document);
  const [fast, slow] = [
    await mockForTest({ spec, fastPath: true }),
    await mockForTest({ spec, fastPath: false }),
  ];
  for (const body of ["{}", '{"v":"x"}', "[]", "3"]) {
    const [ours, prisms] = [
      await postJson(`${fast.url}/things?kind=a`, body),
      await postJson(`${slow.url}/things?kind=a`, body),
    ];
    expect([ours.status, await ours.text()]).toEqual([prisms.status, await prisms.text()]);
  }
});

test("typical requests and answers do not need Prism", async () => {
  const { operations } = await loadDocument();
  const asked: string[] = [];
  const spied = <K extends keyof Components>(name: K): Components[K] =>
    ((...given: never[]) => {
      asked.push(name);
      return (stock[name] as (...given: never[]) => unknown)(...given);
    }) as Components[K];
  const components: Components = {
    ...stock,
    route: fastRoute(spied("route")),
    validateSecurity: fastSecurity(spied("validateSecurity")),
    validateInput: fastInput(spied("validateInput")),
    mock: acceptAny(decodeExamples(cachedExamples(spied("mock")))),
    validateOutput: fastOutput(spied("validateOutput")),
  };
  const pipeline = answerBy(operations, components);
  const headers = { "x-user-id": "u", "x-api-key": "k", "content-length": "0" };
  const everyOperation = documented.map(
    ({ path, request }): PrismRequest => ({
      method: request.method.toLowerCase() as PrismRequest["method"],
      url: { path, query: {} },
      headers: { ...request.headers, "content-length": String(request.body?.length ?? 0) },
      body: request.body && JSON.parse(request.body),
    }),
  );
  const everyDay: PrismRequest[] = [
    ...everyOperation,
    {
      method: "get",
      url: { path: "/packages", query: { count: "5", status: "ACTIVE", sim: ICCID } },
      headers,
    },
  ];
  for (const each of [...everyDay, ...everyDay]) expect(pipeline(each).status).toBeLessThan(300);
  // One of them lists packages twice, with the same answer.
  expect(asked).toEqual(everyOperation.map(() => "mock"));
});

test("the example cache is bounded, whatever callers ask for", async () => {
  const { operations } = await loadDocument();
  const resource = operations.find(({ iid }) => iid === "getPackage") as Operation;
  let found = 0;
  const mock = cachedExamples((options) => {
    found += 1;
    return stock.mock(options);
  });
  const ask = (accept: string) =>
    mock({
      resource,
      input: {
        data: { method: "get", url: { path: "/packages/x" }, headers: { accept } },
        validations: [],
      },
      config: { dynamic: false },
    })(stock.logger);
  for (let n = 0; n < 500; n += 1) ask(`application/json, text/x${n}`);
  expect(found).toBe(500);
  ask("application/json, text/x499");
  expect(found).toBe(500);
  ask("application/json, text/x0");
  expect(found).toBe(501);
});

function answerBy(operations: readonly Operation[], components: Components) {
  const [route, pipeline] = [
    createRouter(operations, components.route),
    createPipeline(components, { dynamic: false }),
  ];
  return (request: PrismRequest) => pipeline(request, route(request));
}
