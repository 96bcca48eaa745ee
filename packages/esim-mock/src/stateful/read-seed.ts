import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv, type ErrorObject } from "ajv";
import { MockStartError } from "../mock-start-error.ts";
import type { Seed } from "./seed.ts";
import { MAX_DATE, MAX_SECONDS, secondsOf } from "./time-allowance.ts";

const CONTRACT = "contract";
const contract = (pointer: string) => ({ $ref: `${CONTRACT}#/components/schemas/${pointer}` });

/** Stricter than the contract: no number is negative, too large for the database, or not a date. */
const NATURAL = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const NATURALS = {
  patternProperties: {
    "": NATURAL,
    _date$: { maximum: MAX_DATE },
    // IDs of templates that users create continue from it.
    "^id$": { maximum: Number.MAX_SAFE_INTEGER - 1_000_000_000 },
    "^activation_time_allowance$": { maximum: MAX_SECONDS },
  },
};
/** The length of an activation code (SGP.22, section 4.1). Every code of that length fits in a QR code. */
const LONGEST_CODE = 255;
const TIME = { type: "integer", minimum: -MAX_SECONDS * 1000, maximum: MAX_SECONDS * 1000 };
const ICCID = contract("Package/properties/sim");

const INTEGER = { type: "integer", ...NATURAL };

/** A list of a contract schema with a seed's additional fields. */
const listOf = (schema: string, more: object = {}) => ({
  type: "array",
  items: { allOf: [contract(schema), NATURALS, more] },
});

/** The fields of a SIM, which two schemas of the contract share. */
const OF_A_SIM = [
  ...["sim_status", "group", "company", "created_date", "modified_date", "imsis", "mapped_imsi"].map(
    (name) => ["ESIMPartial", name] as const,
  ),
  ...["provisioned_date", "terminated_date"].map((name) => ["ESIM", name] as const),
];

const SEED = {
  type: "object",
  required: ["templates", "sims", "packages"],
  properties: {
    companies: listOf("NamedEntity"),
    groups: listOf("NamedEntity"),
    inventories: listOf("Inventory"),
    templates: listOf("PackageTemplate", { properties: { time_allowance: NATURALS, inventory: INTEGER } }),
    sims: {
      type: "array",
      items: {
        type: "object",
        required: ["iccid", "inventory"],
        properties: {
          iccid: ICCID,
          inventory: { type: "integer" },
          ...Object.fromEntries(
            OF_A_SIM.map(([schema, name]) => [name, contract(`${schema}/properties/${name}`)]),
          ),
        },
        allOf: [NATURALS, { properties: { imsis: { items: NATURALS } } }],
      },
    },
    euicc_profiles: listOf("GetEUICCProfileResponse", {
      properties: { profile_reuse_policy: NATURALS, activation_code: { maxLength: LONGEST_CODE } },
    }),
    pcr_profiles: {
      type: "array",
      items: { allOf: [contract("GetPCRProfileResponse"), { required: ["sim"] }] },
    },
    packages: {
      type: "array",
      items: {
        type: "object",
        required: ["sim", "package_template", "status", "created"],
        properties: {
          sim: ICCID,
          package_template: { type: "integer" },
          status: contract("Package/properties/status"),
          created: TIME,
          activated: TIME,
          terminated: TIME,
          used: { type: "number", minimum: 0, maximum: 1 },
        },
      },
    },
  },
};

/**
 * Reads a seed file.
 * @throws MockStartError with code `SEED` and the path of the first value that is wrong
 */
export function readSeed(file: string): Seed {
  const refuse = (reason: string): never => {
    throw new MockStartError("SEED", `Cannot use ${file} as a seed: ${reason}.`);
  };
  let seed: unknown;
  try {
    // Editors on Windows may start a file with a byte order mark, which is not JSON.
    seed = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
    // It will be stored as text.
    JSON.stringify(seed);
  } catch (error) {
    const isTooDeep = error instanceof RangeError;
    return refuse(isTooDeep ? "it is nested too deeply" : (error as Error).message);
  }
  const problem = wrongWith(seed);
  return problem ? refuse(problem) : (seed as Seed);
}

/** The first problem of a seed, with its path; `undefined` if there is none. */
function wrongWith(seed: unknown): string | undefined {
  // The contract uses OpenAPI's keywords and formats, beyond JSON Schema's.
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const document = fileURLToPath(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
  ajv.addSchema(JSON.parse(readFileSync(document, "utf8")), CONTRACT);
  if (!ajv.validate(SEED, seed)) return explain(ajv.errors?.[0] as ErrorObject);
  return danglingReference(seed as Seed);
}

const NOUNS: Readonly<Record<string, string>> = {
  array: "a list",
  integer: "a whole number",
  number: "a number",
  object: "an object",
  string: "text",
};

function explain({ instancePath, keyword, params, message = "is wrong" }: ErrorObject): string {
  const path = instancePath
    .slice(1)
    .replace(/\/(\d+)/g, "[$1]")
    .replaceAll("/", ".");
  const of = (name: string) => (path ? `${path}.${name}` : name);
  if (keyword === "required") return `${of(params.missingProperty)} is missing`;
  if (keyword === "enum") return `${path} must be one of ${params.allowedValues.join(", ")}`;
  return `${path || "it"} ${keyword === "type" ? `must be ${NOUNS[params.type] ?? params.type}` : message}`;
}

/** Rules beyond schemas: references exist, IDs are unique, and a SIM has one live package. */
function danglingReference(seed: Seed): string | undefined {
  return (
    problemOfNames(seed) ?? problemOfInventories(seed) ?? problemOfTemplates(seed) ?? problemOfPackages(seed)
  );
}

function problemOfNames(seed: Seed): string | undefined {
  const { templates, sims, inventories = [], companies = [], groups = [] } = seed;
  const { euicc_profiles = [], pcr_profiles = [] } = seed;
  const iccids = new Set(sims.map(({ iccid }) => iccid));
  const ofSims = { euicc_profiles: ["iccid", euicc_profiles], pcr_profiles: ["sim", pcr_profiles] } as const;
  for (const [list, [name, profiles]] of Object.entries(ofSims)) {
    const index = profiles.findIndex((each) => !iccids.has(String(each[name as keyof typeof each])));
    if (index >= 0) return `${list}[${index}].${name} must be one of the sims`;
  }
  const lists: readonly [list: string, name: string, names: readonly unknown[]][] = [
    ["templates", "id", templates.map(({ id }) => id)],
    ["sims", "iccid", sims.map(({ iccid }) => iccid)],
    ["inventories", "id", inventories.map(({ id }) => id)],
    ["companies", "id", companies.map(({ id }) => id)],
    ["groups", "id", groups.map(({ id }) => id)],
    ["euicc_profiles", "iccid", euicc_profiles.map(({ iccid }) => iccid)],
    ["pcr_profiles", "sim", pcr_profiles.map(({ sim }) => sim)],
  ];
  const doubled = lists.find(([, , names]) => new Set(names).size < names.length);
  return doubled && `${doubled[0]} must each have their own ${doubled[1]}`;
}

/** Without `inventories`, a seed has those that its SIMs and templates name. */
function problemOfInventories({ inventories, sims, templates }: Seed): string | undefined {
  if (!inventories) return undefined;
  const ids = new Set(inventories.map(({ id }) => id));
  const inner = inventories.findIndex(({ parent_inventory: parent = 0 }) => parent !== 0 && !ids.has(parent));
  if (inner >= 0) return `inventories[${inner}].parent_inventory must be one of the inventories, or 0`;
  const parents = new Map(inventories.map((each) => [each.id, each.parent_inventory ?? 0]));
  const inside = inventories.findIndex(({ id }) => isInsideItself(id, parents));
  if (inside >= 0) return `inventories[${inside}].parent_inventory leads back to the inventory itself`;
  const sim = sims.findIndex(({ inventory }) => !ids.has(inventory));
  if (sim >= 0) return `sims[${sim}].inventory must be one of the inventories`;
  const template = templates.findIndex(({ inventory }) => inventory !== undefined && !ids.has(inventory));
  if (template >= 0) return `templates[${template}].inventory must be one of the inventories`;
  return undefined;
}

function isInsideItself(id: number, parents: ReadonlyMap<number, number>): boolean {
  const passed = new Set<number>();
  for (let outer = parents.get(id) ?? 0; outer !== 0 && !passed.has(outer); outer = parents.get(outer) ?? 0) {
    if (outer === id) return true;
    passed.add(outer);
  }
  return false;
}

function problemOfTemplates({ templates }: Seed): string | undefined {
  const index = templates.findIndex((template) => secondsOf(template) > MAX_SECONDS);
  return index < 0 ? undefined : `templates[${index}].time_allowance must be ${MAX_SECONDS} seconds or less`;
}

function problemOfPackages({ templates, sims, packages }: Seed): string | undefined {
  const templateIds = new Set(templates.map(({ id }) => id));
  const iccids = new Set(sims.map(({ iccid }) => iccid));
  const live = new Set<string>();
  for (const [index, { sim, package_template, status, activated, terminated }] of packages.entries()) {
    const at = `packages[${index}]`;
    if (!iccids.has(sim)) return `${at}.sim must be one of the sims`;
    if (!templateIds.has(package_template)) return `${at}.package_template must be one of the templates`;
    if (status !== "NOT_ACTIVE" && activated === undefined)
      return `${at}.activated is missing, and the package was activated`;
    if (status === "TERMINATED" && terminated === undefined)
      return `${at}.terminated is missing, and the package is TERMINATED`;
    if (status === "TERMINATED") continue;
    if (live.has(sim)) return `${at}.sim has a package already that is not TERMINATED`;
    live.add(sim);
  }
  return undefined;
}
