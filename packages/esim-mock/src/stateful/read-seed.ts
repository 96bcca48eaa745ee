import { readFileSync } from "node:fs";
import { MockStartError } from "../mock-start-error.ts";
import type { Seed } from "./seed.ts";
import { timeUnits } from "./wire.ts";

/** Says what is wrong with a value, or nothing. */
type Rule = (value: unknown) => string | undefined;

const text: Rule = (value) => (typeof value === "string" && value !== "" ? undefined : "must be text");
const whole: Rule = (value) => (Number.isSafeInteger(value) ? undefined : "must be a whole number");
const natural: Rule = (value) =>
  (whole(value) ?? (value as number) < 0) ? "must be a whole number, 0 or more" : undefined;
const iccid: Rule = (value) =>
  /^\d{19,20}$/.test(String(value)) && typeof value === "string"
    ? undefined
    : "must be text of 19 or 20 digits";
const share: Rule = (value) =>
  typeof value === "number" && value >= 0 && value <= 1 ? undefined : "must be a number from 0 to 1";
const oneOf =
  (...allowed: string[]): Rule =>
  (value) =>
    allowed.includes(value as string) ? undefined : `must be one of ${allowed.join(", ")}`;
const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined ? undefined : rule(value);
const countries: Rule = (value) =>
  Array.isArray(value) && value.every((each) => /^[A-Z]{3}$/.test(String(each)))
    ? undefined
    : "must be a list of three-letter country codes";

const TEMPLATE: Record<string, Rule> = {
  id: natural,
  name: text,
  supported_countries: countries,
  data_usage_allowance: natural,
  activation_type: oneOf("AUTO", "MANUAL"),
  created_date: natural,
  modified_date: natural,
  "time_allowance.unit": oneOf(...Object.keys(timeUnits)),
  "time_allowance.duration": natural,
  status: oneOf("Active", "Not Active", "De-activated"),
  traffic_policy: optional(whole),
  voice_usage_allowance: optional(natural),
  sms_usage_allowance: optional(natural),
  activation_time_allowance: optional(natural),
  earliest_activation_date: optional(natural),
  earliest_available_date: optional(natural),
  latest_available_date: optional(natural),
  deactivated_date: optional(natural),
  notes: optional(text),
  apn: optional(text),
};
const SIM: Record<string, Rule> = { iccid, inventory: natural };
const PACKAGE: Record<string, Rule> = {
  sim: iccid,
  package_template: natural,
  status: oneOf("NOT_ACTIVE", "ACTIVE", "SUSPENDED", "TERMINATED"),
  created: whole,
  activated: optional(whole),
  terminated: optional(whole),
  used: optional(share),
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
    seed = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const problem = wrongWith(seed);
  return problem ? refuse(problem) : (seed as Seed);
}

/** What is wrong with a seed, with the path to it; `undefined` if nothing is. */
export function wrongWith(seed: unknown): string | undefined {
  for (const [list, rules] of Object.entries({ templates: TEMPLATE, sims: SIM, packages: PACKAGE })) {
    const rows = Object(seed)[list] as unknown;
    if (!Array.isArray(rows)) return `${list} must be a list`;
    for (const [index, row] of rows.entries()) {
      const problem = wrongWithRow(row, rules);
      if (problem) return `${list}[${index}].${problem}`;
    }
  }
  return danglingReference(seed as Seed);
}

function wrongWithRow(row: unknown, rules: Record<string, Rule>): string | undefined {
  for (const [path, rule] of Object.entries(rules)) {
    const value = path.split(".").reduce<unknown>((at, key) => Object(at)[key], row);
    const problem = rule(value);
    if (problem) return `${path} ${problem}`;
  }
  return undefined;
}

/** What no field can say by itself: that it names something that exists, and that a SIM has one live package. */
function danglingReference({ templates, sims, packages }: Seed): string | undefined {
  const templateIds = new Set(templates.map(({ id }) => id));
  const iccids = new Set(sims.map((sim) => sim.iccid));
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
