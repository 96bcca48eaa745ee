import { plain } from "../../format/text.ts";
import { bytes, colour, duration, number } from "../../format/values.ts";
import type { CellStyle } from "../../listing/cells.ts";
import { details, type Fields, momentOf } from "../../listing/details.ts";
import type { Row } from "../../listing/row.ts";
import { templateLabel } from "./columns.ts";
import { statusColour } from "./status.ts";
import { templateOf } from "./template-of.ts";

/** The fields of a package. */
export const PACKAGE_FIELDS: Fields = {
  id: ["ID", ({ id }) => plain(id)],
  sim: ["SIM", ({ sim }) => plain(sim)],
  status: ["Status", ({ status }, { isColoured }) => colour(plain(status), statusColour(status), isColoured)],
  package_template: ["Template", (row) => templateLabel(row)],
  data_usage_remaining: ["Data left", (row) => left(row, "data_usage", bytes)],
  voice_usage_remaining: ["Voice left", (row) => `${left(row, "voice_usage", number)} min`],
  sms_usage_remaining: ["SMS left", (row) => left(row, "sms_usage", number)],
  time_allowance: ["Lasts", (row) => duration(row.time_allowance)],
  created_date: ["Created", momentOf("created_date")],
  window_activation_start: ["Activate from", momentOf("window_activation_start")],
  window_activation_end: ["Activate until", momentOf("window_activation_end")],
  activated_date: ["Activated", momentOf("activated_date")],
  expiry_date: ["Expires", momentOf("expiry_date")],
  terminated_date: ["Terminated", momentOf("terminated_date")],
  apn: ["APN", ({ apn }) => plain(apn)],
};

/** A package as lines of label and value. */
export function packageDetails(row: Row, style: CellStyle): string[][] {
  return details(row, PACKAGE_FIELDS, style);
}

function left(row: Row, usage: string, show: (value: unknown) => string): string {
  const allowance = templateOf(row)[`${usage}_allowance`];
  return `${show(row[`${usage}_remaining`])}${allowance === undefined ? "" : ` of ${show(allowance)}`}`;
}
