import type { PackageTemplate, Sim, Status } from "./wire.ts";

const DAY = 86_400_000;
const GB = 1_073_741_824;

/** A package of a seed. Times are milliseconds relative to the day on which the mock starts, negative for the past. */
export interface SeedPackage {
  readonly sim: string;
  readonly package_template: number;
  readonly status: Status;
  readonly created: number;
  /** For all but NOT_ACTIVE. */
  readonly activated?: number;
  /** For TERMINATED. */
  readonly terminated?: number;
  /** Share of each allowance that is used up, 0 to 1. */
  readonly used?: number;
}

/** What an account holds at the start. The same format as that of a seed file. */
export interface Seed {
  readonly templates: readonly PackageTemplate[];
  readonly sims: readonly Sim[];
  readonly packages: readonly SeedPackage[];
}

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

/** The SIM of the document's examples, so that they work as they stand. Its check digit is wrong, as real ones' can be. */
const EXAMPLE = "8910300000045681955";

const WITHDRAWN = 21145365;
const FIRST_OFFERED = Date.UTC(2025, 5, 1);

/** An account as a reseller might have one. Always the same. */
export function builtInSeed(): Seed {
  const templates = LINES.map(
    ([id, name, countries, gigabytes, days, type, voice, sms]): PackageTemplate => ({
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
    }),
  );
  const iccids = [EXAMPLE, ...Array.from({ length: 199 }, (_, n) => iccid(n))];
  const sims = iccids.map((iccid, n): Sim => ({ iccid, inventory: 3021 + (n % 3) }));
  const packages = Array.from({ length: 60 }, (_, n): SeedPackage => seedPackage(n));
  return { templates, sims, packages };
}

/** Every state, in turn: five of each dozen are in use, three wait, one is suspended, three are over. */
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
  const base = { sim: iccid(n), package_template: id, status, used: ((n * 37) % 101) / 100 };
  if (status === "NOT_ACTIVE") return { ...base, used: 0, created: -(1 + (n % 9)) * DAY };
  if (status === "TERMINATED") {
    const activated = -(days + 10 + (n % 20)) * DAY;
    return { ...base, created: activated - DAY, activated, terminated: activated + Math.min(days, 4) * DAY };
  }
  // Activated early enough to have used some, and late enough to last.
  const activated = -Math.floor(((n % 5) / 6) * days) * DAY;
  return { ...base, created: activated - DAY, activated };
}

/** The n-th ICCID: 19 digits, with the check digit of ITU-T E.118 (Luhn). */
function iccid(n: number): string {
  const body = `891030000004568${String(100 + n).padStart(3, "0")}`;
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
