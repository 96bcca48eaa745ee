import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";

interface Json {
  [key: string]: Json;
}
const document: Json = JSON.parse(readFileSync(new URL("../dist/openapi.json", import.meta.url), "utf8"));
const schemas = document.components?.schemas as Json;

const ajv = new Ajv2020({ strict: false, allErrors: true });
// Any whole number, as long as JavaScript can hold it exactly.
ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger });
// Bytes, which are text in an example.
ajv.addFormat("binary", true);
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
    .filter(([, operation]) => operation.operationId)
    .map(([method, operation]) => ({ method, path, item, operation })),
);

const HERE = "spec/test/openapi.test.ts compares the document with the reference: add what is new there, too";

test("operations, wire names and statuses match the reference", () => {
  const table = operations.map(({ method, path, item, operation }) => {
    const parameters = Object.values({ ...item.parameters, ...operation.parameters })
      .map(resolve)
      .map(({ name, required }) => `${name}${required ? "" : "?"}`);
    const answers = Object.keys(operation.responses as Json);
    const { operationId, tags } = operation;
    return `${tags} ${operationId}: ${method.toUpperCase()} ${path} (${parameters.join(", ")}) ${answers.join(" ")}`;
  });
  expect(table, HERE).toEqual([
    "Packages getPackages: GET /packages (count?, offset?, inventory?, package_template?, sim?, status?) 200 400 401 500",
    "Packages createPackage: POST /packages () 201 400 401 409 500",
    "Packages getPackage: GET /packages/{id} (id) 200 400 401 404 500",
    "Packages activatePackage: POST /packages/{id}/activate (id) 204 400 401 404 500",
    "Packages terminatePackage: POST /packages/{id}/terminate (id) 204 400 401 404 500",
    "Inventory getInventories: GET /inventories (count?, offset?, company?) 200 400 401 500",
    "Inventory getESIMs: GET /sim-registries (count?, offset?, group?, inventory?) 200 400 401 500",
    "Inventory getESIM: GET /sim-registries/{iccid} (iccid) 200 400 401 404 500",
    "PCR getPackageTemplates: GET /package-templates (count?, offset?, inventory?) 200 400 401 500",
    "PCR createPackageTemplate: POST /package-templates () 201 400 401 500",
    "PCR getPackageTemplate: GET /package-templates/{id} (id) 200 400 401 404 500",
    "PCRProfile getPCRProfile: GET /sim-pcr-profiles/{iccid} (iccid) 200 400 401 404 500",
    "PCRProfile modifyPCRProfile: PUT /sim-pcr-profiles/{iccid} (iccid) 204 400 401 404 500",
    "ESIMRSP getEUICCProfile: GET /euicc-profiles/{iccid} (iccid) 200 400 401 404 500",
    "ESIMRSP getQRCode: GET /euicc-profiles/{iccid}/qrcode (iccid) 200 400 401 404 500",
    "Core getCountries: GET /countries (count?, offset?) 200 400 401 500",
    "System getStatus: GET /status () 200 503",
  ]);
});

test("required and optional fields match the reference", () => {
  const fields = Object.fromEntries(
    Object.entries(schemas).map(([name, { properties = {}, required = [] }]) => [
      name,
      Object.keys(properties)
        .map((field) => (Object.values(required).includes(field as never) ? field : `${field}?`))
        .join(" "),
    ]),
  );
  const page = (rows: string) => `total count offset ${rows}`;
  const optional = (names: string) => names.replace(/\w+/g, "$&?");
  const dates = "created_date expiry_date activated_date terminated_date";
  const windows = "window_activation_start window_activation_end";
  const usage = "voice_usage_remaining data_usage_remaining sms_usage_remaining";
  const allowances = "voice_usage_allowance data_usage_allowance sms_usage_allowance";
  const created = `id name ${allowances} time_allowance activation_time_allowance`;
  expect(fields, HERE).toEqual({
    GetPackagesResponse: page("packages"),
    Package: `id sim package_template status ${optional(`${windows} ${usage} ${dates} time_allowance`)}`,
    CreatePackageRequest: "sim package_template time_allowance?",
    CreatePackageResponse: `id sim ${dates} ${windows} status ${usage} time_allowance package_template apn`,
    CreatePackageResponsePackageTemplate: created,
    TimeAllowance: "unit duration",
    Error: "message? statusCode?",

    GetInventoriesResponse: page("inventories"),
    Inventory:
      "id name note? created_date modified_date deleted_date? deactivated_date? company status parent_inventory? wallet? whitelist?",
    GetESIMsResponse: page("sims"),
    ESIM: "iccid sim_status group? inventory? company? provisioned_date terminated_date imsis mapped_imsi",
    ESIMPartial: "iccid sim_status group? inventory? company? created_date modified_date imsis mapped_imsi",
    NamedEntity: "id name",
    SponsoredIMSI: "sponsor_id imsi",

    GetPackageTemplatesResponse: page("package_templates"),
    PackageTemplate: `id name supported_countries data_usage_allowance activation_type created_date modified_date time_allowance status ${optional(
      "traffic_policy voice_usage_allowance sms_usage_allowance activation_time_allowance earliest_activation_date earliest_available_date latest_available_date deactivated_date notes apn",
    )}`,
    CreatePackageTemplateRequest:
      "name supported_countries activation_type data_usage_allowance time_allowance activation_time_allowance earliest_available_date latest_available_date inventory",
    CreateTimeAllowance: "unit duration",
    CreatePackageTemplateResponse: created,

    GetPCRProfileResponse: "sim? data voice sms wallet_mode wallets? route_policy?",
    PCRProfileData: "state active_throttling",
    PCRProfileService: "state",
    ModifyPCRProfileRequest: "data? voice? sms? wallet_mode? route_policy?",
    ModifyPCRProfileData: "state active_throttling?",
    Wallet: "id owner balance overdraft wallet_type",
    WalletOwner: "group? inventory? sim?",

    GetEUICCProfileResponse:
      "iccid imsi state last_operation_date activation_code reuse_remaining_count? reuse_enabled? profile_reuse_policy? release_date? cc_required? cc_retries? eid?",
    ProfileReusePolicy: "reuse_type max_count",

    GetCountriesResponse: page("countries"),
    Country: "name iso2 iso3",
    StatusResponse: "status version uptime?",
  });
});

test("numbers that can exceed 32 bits are int64: bytes, minutes, messages, seconds, milliseconds, IMSIs, sponsors, and counts of rows", () => {
  const large = /(_date|_allowance|_remaining|imsi)$|^(window_\w+|sponsor_id|total|count|offset|duration)$/;
  for (const [name, { properties = {} }] of Object.entries(schemas)) {
    for (const [field, schema] of Object.entries(properties)) {
      if (String(schema.type) !== "integer") continue;
      expect(schema.format, `${name}.${field}`).toBe(large.test(field) ? "int64" : undefined);
    }
  }
});

test("an assumption is marked both in the description and for programs", () => {
  const marked: string[] = [];
  for (const [path, node] of nodes(document)) {
    const description = String(node.description ?? "");
    if (path.length <= 1) continue;
    const isDescribed = /\bassumption\b/.test(description);
    const mark = String(node["x-assumption"] ?? "");
    if (mark) marked.push(path.join(" "));
    // A parameter has only its description to say it in.
    const operation = node.operationId && mark;
    if (isDescribed && !node.in) expect(mark, `${path.join(" ")}: x-assumption`).not.toBe("");
    if (mark && !operation) expect(isDescribed, `${path.join(" ")}: its description`).toBe(true);
  }
  expect(marked.length).toBeGreaterThan(10);
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

test("every operation, parameter, property and response has a description, and an example if it has a value", () => {
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
      const [media] = Object.values(node.content ?? {});
      expect(Object.keys(media?.examples ?? {}).length, `${at}: examples`).toBeGreaterThan(0);
    }
  }
});

test("each error's example has its status", () => {
  for (const { operation } of operations) {
    for (const [status, response] of Object.entries(operation.responses as Json)) {
      if (Number(status) < 400) continue;
      for (const example of Object.values(resolve(response).content?.["application/json"]?.examples ?? {})) {
        expect(Number((example.value as Json).statusCode)).toBe(Number(status));
      }
    }
  }
});

test("every operation needs both keys on the production server, except getStatus, which has its own server", () => {
  expect(document.security).toEqual([{ ApiUserId: [], ApiKeyAuth: [] }]);
  for (const { operation, item, path } of operations) {
    const isStatus = path === "/status";
    expect(operation.security).toEqual(isStatus ? [] : undefined);
    expect(item.servers?.[0 as never]).toEqual(
      isStatus ? expect.objectContaining({ url: "https://esim.betatel.com/api/v1" }) : undefined,
    );
  }
  expect(document.components?.securitySchemes).toMatchObject({
    ApiUserId: { type: "apiKey", in: "header", name: "x-user-id" },
    ApiKeyAuth: { type: "apiKey", in: "header", name: "x-api-key" },
  });
  expect(document.servers).toMatchObject([{ url: "https://esim.betatel.com/api/v1/esim" }]);
  expect(document.info).not.toHaveProperty("contact");
});

test("the bundled YAML and JSON can be imported by name", async () => {
  const { default: json } = await import("@betatelltd/esim-openapi/openapi.json", { with: { type: "json" } });
  expect(json).toEqual(document);
  expect(readFileSync(new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.yaml")), "utf8")).toMatch(
    /^openapi: 3\.1\.0/,
  );
});

test("conformance cases match their schema, and their names are unique", () => {
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
  const names = files.flatMap((file) => read(file).cases.map(({ name }: { name: string }) => name));
  expect(names.length).toBeGreaterThanOrEqual(200);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ["faults", "fault.schema.json", 200],
  ["lists", "list.schema.json", 70],
  ["once", "once.schema.json", 30],
] as const)("%s cases match their schema, and their names are unique", (name, schema, least) => {
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
  "spec/conformance has cases of %s for all clients",
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
