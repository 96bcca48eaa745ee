import {
  builtInSims,
  COMPANY,
  COURIERS,
  GROUPS,
  INVENTORIES,
  iccidOf,
  KIOSKS,
  ROOT_INVENTORY,
  type Use,
} from "./built-in-sims.ts";
import type { Seed, SeedPackage, SeedTemplate } from "./seed.ts";
import type { Status } from "./wire.ts";

const DAY = 86_400_000;
const GB = 1_073_741_824;

const EUROPE = [
  "AUT",
  "BEL",
  "CHE",
  "CZE",
  "DEU",
  "DNK",
  "ESP",
  "FRA",
  "GBR",
  "GRC",
  "HRV",
  "IRL",
  "ITA",
  "NLD",
  "NOR",
  "POL",
  "PRT",
  "SWE",
];
const ASIA = ["HKG", "IDN", "JPN", "KOR", "MYS", "PHL", "SGP", "THA", "TWN", "VNM"];
const AMERICAS = ["ARG", "BRA", "CAN", "CHL", "COL", "MEX", "PER", "USA"];

type Line = [
  id: number,
  name: string,
  countries: string[],
  gigabytes: number,
  days: number,
  type: "AUTO" | "MANUAL",
  voice: number,
  sms: number,
];

const LINES: readonly Line[] = [
  [21145354, "Europe 5 GB 7 days", EUROPE, 5, 7, "MANUAL", 60, 20],
  [21145355, "Europe 1 GB 7 days", EUROPE, 1, 7, "AUTO", 0, 0],
  [21145356, "Europe 20 GB 30 days", EUROPE, 20, 30, "MANUAL", 120, 50],
  [21145357, "Germany 10 GB 30 days", ["DEU"], 10, 30, "AUTO", 0, 0],
  [21145358, "Turkey 3 GB 15 days", ["TUR"], 3, 15, "MANUAL", 0, 10],
  [21145359, "Asia 3 GB 15 days", ASIA, 3, 15, "AUTO", 0, 0],
  [21145360, "Asia 10 GB 30 days", ASIA, 10, 30, "MANUAL", 30, 0],
  [21145361, "Japan 50 GB 30 days", ["JPN"], 50, 30, "MANUAL", 0, 0],
  [21145362, "USA 5 GB 10 days", ["USA"], 5, 10, "AUTO", 100, 100],
  [21145363, "Americas 10 GB 30 days", AMERICAS, 10, 30, "MANUAL", 60, 60],
  [21145364, "World 1 GB 1 day", [...EUROPE, ...ASIA, ...AMERICAS], 1, 1, "AUTO", 0, 0],
  [21145365, "Europe 2 GB 7 days (2024)", EUROPE, 2, 7, "MANUAL", 0, 0],
];

const WITHDRAWN = 21145365;
const FIRST_OFFERED = Date.UTC(2025, 5, 1);

/** When the template that is not on offer yet will be. */
const NEXT_SEASON = Date.UTC(2030, 0, 1);

/** An account such as a reseller might have. Always the same. */
export function builtInSeed(): Seed {
  const packages = Array.from({ length: 60 }, (_, n): SeedPackage => seedPackage(n));
  const uses = new Map<string, Use>(
    packages.map(({ sim, status }) => [sim, status === "NOT_ACTIVE" ? "waiting" : "activated"]),
  );
  return {
    companies: [COMPANY],
    groups: GROUPS,
    inventories: INVENTORIES,
    templates: [...LINES.map((line) => template(line)), ...SPECIAL_TEMPLATES],
    ...builtInSims((iccid) => uses.get(iccid)),
    packages,
  };
}

function template([id, name, countries, gigabytes, days, type, voice, sms]: Line): SeedTemplate {
  return {
    id,
    name,
    supported_countries: countries,
    data_usage_allowance: gigabytes * GB,
    activation_type: type,
    created_date: FIRST_OFFERED,
    modified_date: FIRST_OFFERED + 30 * DAY,
    time_allowance: { unit: "DAY", duration: days },
    status: id === WITHDRAWN ? "De-activated" : "Active",
    traffic_policy: 12,
    voice_usage_allowance: voice,
    sms_usage_allowance: sms,
    activation_time_allowance: 2_592_000,
    earliest_available_date: FIRST_OFFERED,
    ...(id === WITHDRAWN && { deactivated_date: FIRST_OFFERED + 90 * DAY }),
    apn: "internet",
    inventory: ROOT_INVENTORY,
  };
}

/** Templates in the newer units, for nested inventories, and one that is not on offer yet. */
const SPECIAL_TEMPLATES: readonly SeedTemplate[] = [
  {
    ...template([21145366, "Europe 10 GB 1 month", EUROPE, 10, 30, "AUTO", 0, 0]),
    time_allowance: { unit: "CALENDAR_MONTH", duration: 1 },
  },
  {
    ...template([21145367, "Airport 1 GB 24 hours", EUROPE, 1, 1, "AUTO", 0, 0]),
    time_allowance: { unit: "SECOND", duration: 86_400 },
    inventory: KIOSKS,
  },
  { ...template([21145368, "On board 500 MB 1 day", EUROPE, 0.5, 1, "MANUAL", 0, 0]), inventory: COURIERS },
  {
    ...template([21145369, "Europe 30 GB 30 days (2030)", EUROPE, 30, 30, "MANUAL", 0, 0]),
    // Until then it is shown as Not Active.
    earliest_available_date: NEXT_SEASON,
  },
];

/** Cycles through the states: of each dozen, five are in use, three waiting, one suspended and three over. */
const STATES: readonly Status[] = [
  "ACTIVE",
  "NOT_ACTIVE",
  "ACTIVE",
  "TERMINATED",
  "ACTIVE",
  "NOT_ACTIVE",
  "TERMINATED",
  "ACTIVE",
  "SUSPENDED",
  "NOT_ACTIVE",
  "ACTIVE",
  "TERMINATED",
];

function seedPackage(n: number): SeedPackage {
  const status = STATES[n % STATES.length] as Status;
  const [id, , , , days] = LINES[(n * 5) % (LINES.length - 1)] as Line;
  const base = { sim: iccidOf(n), package_template: id, status, used: ((n * 37) % 101) / 100 };
  if (status === "NOT_ACTIVE") return { ...base, used: 0, created: -(1 + (n % 9)) * DAY };
  if (status === "TERMINATED") {
    const activated = -(days + 10 + (n % 20)) * DAY;
    return { ...base, created: activated - DAY, activated, terminated: activated + Math.min(days, 4) * DAY };
  }
  // Activated early enough for some usage, and late enough not to have expired.
  const activated = -Math.floor(((n % 5) / 6) * days) * DAY;
  return { ...base, created: activated - DAY, activated };
}
