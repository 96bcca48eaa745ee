import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv, type ErrorObject } from "ajv";
import { MockStartError } from "../mock-start-error.ts";
import type { Seed } from "./seed.ts";
import { MAX_DATE, MAX_SECONDS, secondsOf } from "./time-allowance.ts";

const CONTRACT = "contract";
const contract = (pointer: string) => ({ $ref: `${CONTRACT}#/components/schemas/${pointer}` });

/** What the contract does not say: no number is negative, too large for a database, or no date. */
const NATURAL = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const NATURALS = {
  patternProperties: {
    "": NATURAL,
    _date$: { maximum: MAX_DATE },
    "^activation_time_allowance$": { maximum: MAX_SECONDS },
  },
};
const TIME = { type: "integer", minimum: -MAX_SECONDS * 1000, maximum: MAX_SECONDS * 1000 };
const ICCID = contract("Package/properties/sim");

const SEED = {
  type: "object",
  required: ["templates", "sims", "packages"],
  properties: {
    templates: {
      type: "array",
      items: {
        allOf: [contract("PackageTemplate"), NATURALS, { properties: { time_allowance: NATURALS } }],
      },
    },
    sims: {
      type: "array",
      items: {
        type: "object",
        required: ["iccid", "inventory"],
        properties: { iccid: ICCID, inventory: { type: "integer", ...NATURAL } },
      },
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
    // Editors on Windows begin a file with a mark that is no JSON.
    seed = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
    // It is going to be stored as text.
    JSON.stringify(seed);
  } catch (error) {
    const isTooDeep = error instanceof RangeError;
    return refuse(isTooDeep ? "it is nested too deeply" : (error as Error).message);
  }
  const problem = wrongWith(seed);
  return problem ? refuse(problem) : (seed as Seed);
}

/** What is wrong with a seed, with the path to it; `undefined` if nothing is. */
export function wrongWith(seed: unknown): string | undefined {
  // The contract has keywords that are not JSON Schema's, and formats of OpenAPI's.
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

/** What no schema can say: that what is named exists, and that a SIM has one live package. */
function danglingReference({ templates, sims, packages }: Seed): string | undefined {
  const templateIds = new Set(templates.map(({ id }) => id));
  const iccids = new Set(sims.map((sim) => sim.iccid));
  for (const [index, template] of templates.entries()) {
    if (secondsOf(template) > MAX_SECONDS)
      return `templates[${index}].time_allowance must be ${MAX_SECONDS} seconds or less`;
  }
  if (templateIds.size < templates.length) return "templates must have an id each of its own";
  if (iccids.size < sims.length) return "sims must have an iccid each of its own";
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
