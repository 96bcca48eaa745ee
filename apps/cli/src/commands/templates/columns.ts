import type { Narrowing } from "../../format/columns.ts";
import { plain } from "../../format/text.ts";
import { roughSeconds, timeAllowance } from "../../format/time-allowance.ts";
import { bytes, colour, duration, number } from "../../format/values.ts";
import { key, type ListColumn, moment, quantity, text } from "../../listing/cells.ts";
import type { Listing } from "../../listing/listing.ts";
import { statusColour } from "./status.ts";

const COLUMNS = {
  id: { heading: "ID", ...key("id") },
  name: { heading: "NAME", ...text(({ name }) => name) },
  status: {
    heading: "STATUS",
    ...text(({ status }) => status),
    cell: ({ status }, { isColoured }) => colour(plain(status), statusColour(status), isColoured),
  },
  data: { heading: "DATA", ...quantity((row) => row.data_usage_allowance, bytes) },
  voice: { heading: "MIN", ...quantity((row) => row.voice_usage_allowance, number) },
  sms: { heading: "SMS", ...quantity((row) => row.sms_usage_allowance, number) },
  lasts: {
    heading: "LASTS",
    cell: (row) => timeAllowance(row.time_allowance),
    value: (row) => roughSeconds(row.time_allowance),
    exact: (row) => timeAllowance(row.time_allowance),
  },
  activation: { heading: "ACTIVATION", ...text((row) => row.activation_type) },
  window: { heading: "WINDOW", ...quantity((row) => row.activation_time_allowance, duration) },
  countries: {
    heading: "COUNTRIES",
    cell: (row) => countriesLabel(row.supported_countries),
    value: (row) => codes(row.supported_countries)?.length,
    exact: (row) => codes(row.supported_countries)?.join(" ") ?? plain(row.supported_countries),
  },
  apn: { heading: "APN", ...text(({ apn }) => apn) },
  from: { heading: "ON SALE FROM", ...moment("earliest_available_date") },
  until: { heading: "ON SALE UNTIL", ...moment("latest_available_date") },
  created: { heading: "CREATED", ...moment("created_date") },
  modified: { heading: "MODIFIED", ...moment("modified_date") },
} as const satisfies Readonly<Record<string, ListColumn>>;

const NARROWING: readonly Narrowing[] = [
  { column: "name", width: 20 },
  { column: "countries", width: 0 },
  { column: "activation", width: 0 },
  { column: "name", width: 12 },
  { column: "status", width: 0 },
  { column: "lasts", width: 0 },
  { column: "data", width: 0 },
  { column: "name", width: 0 },
];

/** The list of templates. */
export const TEMPLATES: Listing = {
  one: "template",
  many: "templates",
  rows: "package_templates",
  columns: COLUMNS,
  defaults: ["id", "name", "status", "data", "lasts", "activation", "countries"],
  key: "id",
  narrowing: NARROWING,
};

/** The codes of up to three countries; the number of more. */
function countriesLabel(countries: unknown): string {
  const all = codes(countries);
  if (!all) return plain(countries);
  return all.length > 3 ? `${all.length}` : plain(all.join(" "));
}

/** The codes of countries; `undefined` for anything but a list. */
export function codes(countries: unknown): readonly string[] | undefined {
  return Array.isArray(countries) ? countries.map(plain) : undefined;
}
