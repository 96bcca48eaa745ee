import { plain } from "../../format/text.ts";
import { time } from "../../format/time.ts";
import { bytes, colour, duration, number } from "../../format/values.ts";
import { type CellStyle, templateLabel } from "./columns.ts";
import { type Row, templateOf } from "./row.ts";
import { statusColour } from "./status.ts";

type Line = (row: Row, style: CellStyle) => string;

/** The fields of a package that we know, in the order in which a person is shown them. */
const FIELDS: Readonly<Record<string, readonly [label: string, Line]>> = {
  id: ["ID", ({ id }) => plain(id)],
  sim: ["SIM", ({ sim }) => plain(sim)],
  status: ["Status", ({ status }, { isColoured }) => colour(plain(status), statusColour(status), isColoured)],
  package_template: ["Template", (row) => templateLabel(row)],
  data_usage_remaining: ["Data left", (row) => left(row, "data_usage", bytes)],
  voice_usage_remaining: ["Voice left", (row) => `${left(row, "voice_usage", number)} min`],
  sms_usage_remaining: ["SMS left", (row) => left(row, "sms_usage", number)],
  time_allowance: ["Lasts", (row) => duration(row.time_allowance)],
  created_date: ["Created", moment("created_date")],
  window_activation_start: ["Activate from", moment("window_activation_start")],
  window_activation_end: ["Activate until", moment("window_activation_end")],
  activated_date: ["Activated", moment("activated_date")],
  expiry_date: ["Expires", moment("expiry_date")],
  terminated_date: ["Terminated", moment("terminated_date")],
  apn: ["APN", ({ apn }) => plain(apn)],
};

/** A package as lines of label and value; fields that the contract does not know come last, under their own names. */
export function packageDetails(row: Row, style: CellStyle): string[][] {
  const known = Object.entries(FIELDS)
    .filter(([field]) => Object.hasOwn(row, field))
    .map(([, [label, line]]) => [label, line(row, style)]);
  const unknown = Object.keys(row).filter((field) => !Object.hasOwn(FIELDS, field));
  return [...known, ...unknown.map((field) => [plain(field), plain(row[field])])];
}

function left(row: Row, usage: string, show: (value: unknown) => string): string {
  const allowance = templateOf(row)[`${usage}_allowance`];
  return `${show(row[`${usage}_remaining`])}${allowance === undefined ? "" : ` of ${show(allowance)}`}`;
}

function moment(field: string): Line {
  return (row, { times, now }) => time(row[field], times, now);
}
