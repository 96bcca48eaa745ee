import { plain } from "../../format/text.ts";
import { timeAllowance } from "../../format/time-allowance.ts";
import { bytes, colour, duration, number } from "../../format/values.ts";
import { entityLabel } from "../../listing/cells.ts";
import { type Fields, momentOf } from "../../listing/details.ts";
import { codes } from "./columns.ts";
import { statusColour } from "./status.ts";

/** The fields of a template. */
export const TEMPLATE_FIELDS: Fields = {
  id: ["ID", ({ id }) => plain(id)],
  name: ["Name", ({ name }) => plain(name)],
  status: ["Status", ({ status }, { isColoured }) => colour(plain(status), statusColour(status), isColoured)],
  inventory: ["Inventory", ({ inventory }) => entityLabel(inventory)],
  data_usage_allowance: ["Data", (row) => bytes(row.data_usage_allowance)],
  voice_usage_allowance: ["Voice", (row) => `${number(row.voice_usage_allowance)} min`],
  sms_usage_allowance: ["SMS", (row) => number(row.sms_usage_allowance)],
  time_allowance: ["Lasts", (row) => timeAllowance(row.time_allowance)],
  activation_type: ["Activation", (row) => plain(row.activation_type)],
  activation_time_allowance: ["Activate within", (row) => duration(row.activation_time_allowance)],
  supported_countries: ["Countries", (row) => countriesLines(row.supported_countries)],
  apn: ["APN", ({ apn }) => plain(apn)],
  earliest_available_date: ["On sale from", momentOf("earliest_available_date")],
  latest_available_date: ["On sale until", momentOf("latest_available_date")],
  earliest_activation_date: ["Activate from", momentOf("earliest_activation_date")],
  created_date: ["Created", momentOf("created_date")],
  modified_date: ["Modified", momentOf("modified_date")],
  deactivated_date: ["Withdrawn", momentOf("deactivated_date")],
  traffic_policy: ["Traffic policy", (row) => plain(row.traffic_policy)],
  notes: ["Notes", ({ notes }) => plain(notes)],
};

/** Country codes per line, to fit a narrow terminal. */
const CODES_PER_LINE = 10;

function countriesLines(countries: unknown): string {
  const all = codes(countries);
  if (!all || all.length === 0) return plain(all ? undefined : countries);
  const lines = all.flatMap((_, at) =>
    at % CODES_PER_LINE === 0 ? [all.slice(at, at + CODES_PER_LINE).join(" ")] : [],
  );
  return lines.join("\n");
}
