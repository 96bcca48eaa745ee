import type { SeedSim } from "./seed.ts";
import { profileOf } from "./seeded-profile.ts";
import type { EUICCProfile, Inventory, NamedEntity, PCRProfile, ProfileState, SimStatus } from "./wire.ts";

const DAY = 86_400_000;

/** When the first SIMs and the inventories were created; also the default for seeds. */
export const FIRST_DAY = Date.UTC(2025, 5, 1);
export const FIRST_IMSI = 310_260_123_456_789;

export const ROOT_INVENTORY = 51952;
export const KIOSKS = 51953;
export const COURIERS = 51954;
const GROUP = 1001;

export const COMPANY: NamedEntity = { id: 72571, name: "Example Travel" };

export const GROUPS: readonly NamedEntity[] = [{ id: GROUP, name: "Web shop" }];

/** Nested: templates for all of the company's SIMs belong to the first. */
export const INVENTORIES: readonly Inventory[] = [
  inventory(ROOT_INVENTORY, "Travel eSIMs", 0, { note: "Sold by the web shop" }),
  inventory(KIOSKS, "Airport kiosks", ROOT_INVENTORY, {}),
  inventory(COURIERS, "Courier bags", KIOSKS, { note: "Handed over on board" }),
];

/** The SIM of the document's examples, so that they work unchanged. Its check digit is wrong, as real ones can be. */
const EXAMPLE = "8910300000045681955";

const SIMS = 200;

/** From this one on, SIMs are in every state; those before it without a package are for sale. */
const FIRST_ODD_ONE = 161;

type Pair = readonly [SimStatus, ProfileState];

/** Pairs of states of a SIM and its profile, besides those of SIMs for sale and in use. */
const ODD_PAIRS: readonly Pair[] = [
  ["PRE_SERVICE", "DOWNLOADED"],
  ["PRE_SERVICE", "INSTALLED"],
  ["PRE_SERVICE", "ENABLED"],
  ["IN_SERVICE", "ENABLED"],
  ["IN_SERVICE", "DISABLED"],
  ["TERMINATED", "DELETED"],
  ["TERMINATED", "UNAVAILABLE"],
  ["WAITING_FOR_ASSIGNMENT", "AVAILABLE"],
];

/** Profile states of travellers whose package is waiting. */
const SOLD: readonly ProfileState[] = ["RELEASED", "DOWNLOADED", "INSTALLED", "ENABLED"];

/** Whether a SIM's package is waiting, was activated, or does not exist. */
export type Use = "waiting" | "activated" | undefined;

/** The SIMs of the built-in seed, their eUICC profiles, and the PCR profiles that differ from the default. */
export function builtInSims(useOf: (iccid: string) => Use) {
  const sims: SeedSim[] = [];
  const euicc_profiles: EUICCProfile[] = [];
  const pcr_profiles: PCRProfile[] = [];
  for (let n = 0; n < SIMS; n += 1) {
    const iccid = n === 0 ? EXAMPLE : iccidOf(n - 1);
    const [status, state] = pairOf(n, useOf(iccid));
    const created = FIRST_DAY + Math.floor(n / 25) * 7 * DAY;
    const hasChanged = status !== "WAITING_FOR_ASSIGNMENT" && state !== "RELEASED";
    const modified = created + (hasChanged ? 60 * DAY + n * 3_600_000 : 0);
    const imsi = FIRST_IMSI + n;
    sims.push({
      iccid,
      sim_status: status,
      inventory: ROOT_INVENTORY + (n % 3),
      ...(n % 4 === 0 && { group: GROUP }),
      company: COMPANY.id,
      created_date: created,
      modified_date: modified,
      imsis: [{ sponsor_id: 200, imsi }],
      mapped_imsi: imsi,
    });
    euicc_profiles.push(profileOf({ iccid, imsi, created, modified }, state));
    if (n >= FIRST_ODD_ONE && status === "IN_SERVICE") pcr_profiles.push(oddProfile(iccid, n));
  }
  return { sims, euicc_profiles, pcr_profiles };
}

function pairOf(n: number, use: Use): Pair {
  const choose = <Row>(rows: readonly Row[]) => rows[n % rows.length] as Row;
  if (n >= FIRST_ODD_ONE) return choose(ODD_PAIRS);
  if (use === "activated") return ["IN_SERVICE", "ENABLED"];
  return ["PRE_SERVICE", use === "waiting" ? choose(SOLD) : "RELEASED"];
}

/** Throttled lines and suspended lines. */
function oddProfile(sim: string, n: number): PCRProfile {
  const isSuspended = n % 3 === 0;
  const state = isSuspended ? "DISABLED" : "ENABLED";
  return {
    sim,
    data: { state, active_throttling: "SPEED_500_KBPS" },
    voice: { state },
    sms: { state },
    wallet_mode: "SIM",
    route_policy: 1,
  };
}

function inventory(id: number, name: string, parent_inventory: number, more: Partial<Inventory>): Inventory {
  return {
    id,
    name,
    ...more,
    created_date: FIRST_DAY + (id - ROOT_INVENTORY) * 30 * DAY,
    modified_date: FIRST_DAY + 60 * DAY,
    deleted_date: 0,
    deactivated_date: 0,
    company: COMPANY.id,
    status: "ACTIVE",
    parent_inventory,
    wallet: 99612820,
    whitelist: 11599,
  };
}

/** The n-th ICCID: 19 digits, with the check digit of ITU-T E.118 (Luhn). */
export function iccidOf(n: number): string {
  const body = `891030000004568${String(100 + n).padStart(3, "0")}`;
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
