import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";

interface Json {
  [key: string]: Json;
}
const document: Json = JSON.parse(readFileSync(new URL("../dist/openapi.json", import.meta.url), "utf8"));
const schemas = document.components?.schemas as Json;

const ajv = new Ajv2020({ strict: false, allErrors: true });
// Every whole number that JavaScript can hold is one; what is checked beyond is that the number is safe.
ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger });
ajv.addSchema(document, "openapi");

/** Every object in the document, with the JSON pointer to it. */
function* nodes(node: unknown, path: string[] = []): Generator<[path: string[], node: Json]> {
  if (typeof node !== "object" || node === null) return;
  yield [path, node as Json];
  for (const [key, value] of Object.entries(node)) yield* nodes(value, [...path, key]);
}
const pointer = (path: string[]) =>
  path.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
const resolve = (node: Json | undefined): Json =>
  node?.$ref
    ? resolve(
        String(node.$ref)
          .slice(2)
          .split("/")
          .reduce((at, key) => at[key] as Json, document),
      )
    : (node ?? {});
const operations = Object.entries(document.paths as Json).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => method !== "parameters")
    .map(([method, operation]) => ({ method, path, item, operation })),
);

test("the operations, their wire names and their answers are the reference's", () => {
  const table = operations.map(({ method, path, item, operation }) => ({
    id: operation.operationId,
    request: `${method.toUpperCase()} ${path}`,
    parameters: Object.values({ ...item.parameters, ...operation.parameters })
      .map(resolve)
      .map(({ name, required }) => `${name}${required ? "" : "?"}`),
    answers: Object.keys(operation.responses as Json).map(Number),
  }));
  expect(table).toEqual([
    {
      id: "getPackages",
      request: "GET /packages",
      parameters: ["count?", "offset?", "inventory?", "package_template?", "sim?", "status?"],
      answers: [200, 400, 401, 500],
    },
    { id: "createPackage", request: "POST /packages", parameters: [], answers: [201, 400, 401, 409, 500] },
    {
      id: "getPackage",
      request: "GET /packages/{id}",
      parameters: ["id"],
      answers: [200, 400, 401, 404, 500],
    },
    {
      id: "activatePackage",
      request: "POST /packages/{id}/activate",
      parameters: ["id"],
      answers: [204, 400, 401, 404, 500],
    },
    {
      id: "terminatePackage",
      request: "POST /packages/{id}/terminate",
      parameters: ["id"],
      answers: [204, 400, 401, 404, 500],
    },
  ]);
});

test("required and optional fields are the contract's", () => {
  const fields = Object.fromEntries(
    Object.entries(schemas).map(([name, { properties = {}, required = [] }]) => [
      name,
      Object.keys(properties).map((field) =>
        Object.values(required).includes(field as never) ? field : `${field}?`,
      ),
    ]),
  );
  const dates = ["created_date", "expiry_date", "activated_date", "terminated_date"];
  const windows = ["window_activation_start", "window_activation_end"];
  const usage = ["voice_usage_remaining", "data_usage_remaining", "sms_usage_remaining"];
  const optional = (names: string[]) => names.map((name) => `${name}?`);
  expect(fields).toEqual({
    GetPackagesResponse: ["total", "count", "offset", "packages"],
    Package: [
      "id",
      "sim",
      "package_template",
      "status",
      ...optional([...windows, ...usage, ...dates, "time_allowance"]),
    ],
    CreatePackageRequest: ["sim", "package_template", "time_allowance?"],
    CreatePackageResponse: [
      "id",
      "sim",
      ...dates,
      ...windows,
      "status",
      ...usage,
      "time_allowance",
      "package_template",
      "apn",
    ],
    CreatePackageResponsePackageTemplate: [
      "id",
      "name",
      "voice_usage_allowance",
      "data_usage_allowance",
      "sms_usage_allowance",
      "time_allowance",
      "activation_time_allowance",
    ],
    PackageTemplate: [
      "id",
      "name",
      "supported_countries",
      "data_usage_allowance",
      "activation_type",
      "created_date",
      "modified_date",
      "time_allowance",
      "status",
      ...optional([
        "traffic_policy",
        "voice_usage_allowance",
        "sms_usage_allowance",
        "activation_time_allowance",
        "earliest_activation_date",
        "earliest_available_date",
        "latest_available_date",
        "deactivated_date",
        "notes",
        "apn",
      ]),
    ],
    TimeAllowance: ["unit", "duration"],
    Error: ["message?", "statusCode?"],
  });
});

test("bytes, seconds and milliseconds are int64, and nothing else is", () => {
  for (const [name, { properties = {} }] of Object.entries(schemas)) {
    for (const [field, schema] of Object.entries(properties)) {
      if (String(schema.type) !== "integer") continue;
      const large = /_date$|^window_|^data_usage|time_allowance$/.test(field);
      expect(schema.format, `${name}.${field}`).toBe(large ? "int64" : undefined);
    }
  }
});

test("every example is valid", () => {
  let count = 0;
  const check = (example: unknown, path: string[]) => {
    const validate = ajv.compile({ $ref: `openapi#/${pointer(path)}` });
    expect(validate(example), `${path.join(" ")}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    count++;
  };
  for (const [path, node] of nodes(document)) {
    const parent = path.at(-2);
    if (parent === "content" && path.at(-3) !== "examples") {
      for (const example of Object.values(node.examples ?? {}))
        check(resolve(example).value, [...path, "schema"]);
    }
    if (node.in && node.schema) check(node.example, [...path, "schema"]);
    if (node.type && Array.isArray(node.examples)) for (const example of node.examples) check(example, path);
  }
  expect(count).toBeGreaterThan(80);
});

test("every operation, parameter, property and answer has a description, and an example where it has a value", () => {
  for (const [path, node] of nodes(document)) {
    const at = path.join(" ");
    const [key, parent] = [path.at(-1), path.at(-2)];
    const isProperty = parent === "properties" && !node.$ref;
    const isParameter = Boolean(node.in && node.schema);
    const isAnswer = parent === "responses" && !node.$ref;
    const isOperation = Boolean(node.operationId);
    const isSchema = parent === "schemas" && path.length === 3;
    if (isProperty || isParameter || isAnswer || isOperation || isSchema) {
      expect(String(node.description ?? "").length, `${at}: description`).toBeGreaterThan(5);
    }
    if (isProperty && !node.items?.$ref) expect(node.examples, `${at}: examples`).toBeDefined();
    if (isParameter) expect(node.example, `${at}: example`).toBeDefined();
    if (isAnswer && key !== "204") {
      expect(
        Object.keys(node.content?.["application/json"]?.examples ?? {}).length,
        `${at}: examples`,
      ).toBeGreaterThan(0);
    }
  }
});

test("each error's example says its status", () => {
  for (const { operation } of operations) {
    for (const [status, response] of Object.entries(operation.responses as Json)) {
      if (Number(status) < 400) continue;
      for (const example of Object.values(resolve(response).content?.["application/json"]?.examples ?? {})) {
        expect(Number((example.value as Json).statusCode)).toBe(Number(status));
      }
    }
  }
});

test("both keys are asked for everywhere, on the production server", () => {
  expect(document.security).toEqual([{ ApiUserId: [], ApiKeyAuth: [] }]);
  for (const { operation } of operations) expect(operation.security).toBeUndefined();
  expect(document.components?.securitySchemes).toMatchObject({
    ApiUserId: { type: "apiKey", in: "header", name: "x-user-id" },
    ApiKeyAuth: { type: "apiKey", in: "header", name: "x-api-key" },
  });
  expect(document.servers).toMatchObject([{ url: "https://esim.betatel.com/api/v1/esim" }]);
  expect(document.info).not.toHaveProperty("contact");
});

test("the YAML and the bundled JSON are importable by name", async () => {
  const { default: json } = await import("@betatelltd/esim-openapi/openapi.json", { with: { type: "json" } });
  expect(json).toEqual(document);
  expect(readFileSync(new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.yaml")), "utf8")).toMatch(
    /^openapi: 3\.1\.0/,
  );
});

test("conformance cases are what their schema says, and have names of their own", () => {
  const folder = new URL("../conformance/", import.meta.url);
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  const validate = new Ajv2020({ allErrors: true }).compile(read("case.schema.json"));
  const files = readdirSync(folder).filter(
    (file) => file.endsWith(".json") && !["case.schema.json", "exceptions.json"].includes(file),
  );
  for (const file of files) expect(validate(read(file)), JSON.stringify(validate.errors)).toBe(true);
  const operationsOf = (file: string) =>
    new Set(read(file).cases.map(({ operation }: { operation: string }) => operation));
  for (const file of files) expect(operationsOf(file).size, file).toBe(1);
  expect(files).toHaveLength(operations.filter(({ operation }) => operation.operationId).length);
  const names = files.flatMap((file) => read(file).cases.map(({ name }: { name: string }) => name));
  expect(names.length).toBeGreaterThanOrEqual(200);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ["faults", "fault.schema.json", 200],
  ["lists", "list.schema.json", 70],
  ["once", "once.schema.json", 30],
] as const)("%s cases are what their schema says, and have names of their own", (name, schema, least) => {
  const folder = new URL(`../conformance/${name}/`, import.meta.url);
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(read(schema));
  const apart = [schema, "exceptions.json", "keys.json"];
  const files = readdirSync(folder).filter((file) => file.endsWith(".json") && !apart.includes(file));
  for (const file of files) expect(validate(read(file)), JSON.stringify(validate.errors)).toBe(true);
  const names = files.flatMap((file) => read(file).cases.map((each: { name: string }) => each.name));
  expect(names.length).toBeGreaterThanOrEqual(least);
  expect(new Set(names).size).toBe(names.length);
});

test.each(operations.map(({ operation }) => String(operation.operationId)))(
  "clients are held to %s; if not, add its cases to spec/conformance",
  (operation) => {
    const casesIn = (folder: string) =>
      readdirSync(new URL(folder, import.meta.url))
        .filter((file) => file.endsWith(".json"))
        .flatMap(
          (file) => JSON.parse(readFileSync(new URL(folder + file, import.meta.url), "utf8")).cases ?? [],
        )
        .filter((each) => each.operation === operation);
    expect(casesIn("../conformance/").length, "add cases to spec/conformance").toBeGreaterThan(0);
    expect(casesIn("../conformance/faults/").length, "add cases to spec/conformance/faults").toBeGreaterThan(
      0,
    );
  },
);
