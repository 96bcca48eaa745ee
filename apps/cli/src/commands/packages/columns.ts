import type { Narrowing } from "../../format/columns.ts";
import { plain, shorten, width } from "../../format/text.ts";
import { bytes, colour, duration, number } from "../../format/values.ts";
import { entityLabel, key, type ListColumn, moment, quantity, text } from "../../listing/cells.ts";
import type { Listing } from "../../listing/listing.ts";
import type { Row } from "../../listing/row.ts";
import { statusColour } from "./status.ts";
import { templateOf } from "./template-of.ts";

/** All columns, by their names in --columns and --sort. */
export const COLUMNS = {
  id: { heading: "ID", ...key("id") },
  sim: {
    heading: "SIM",
    ...text(({ sim }) => sim),
    // Keeps the last digits, which are the ones that people read out.
    short: ({ sim }, room) => `…${plain(sim).slice(1 - room)}`,
  },
  status: {
    heading: "STATUS",
    ...text(({ status }) => status),
    cell: ({ status }, { isColoured }) => colour(plain(status), statusColour(status), isColoured),
  },
  template: {
    heading: "TEMPLATE",
    cell: (row) => templateLabel(row),
    short: shortTemplate,
    value: (row) => templateOf(row).name ?? templateOf(row).id,
  },
  "template-id": { heading: "TEMPLATE ID", ...text((row) => templateOf(row).id) },
  data: { heading: "DATA LEFT", ...quantity((row) => row.data_usage_remaining, bytes) },
  "data-total": { heading: "DATA", ...quantity((row) => templateOf(row).data_usage_allowance, bytes) },
  voice: { heading: "MIN LEFT", ...quantity((row) => row.voice_usage_remaining, number) },
  sms: { heading: "SMS LEFT", ...quantity((row) => row.sms_usage_remaining, number) },
  lasts: { heading: "LASTS", ...quantity((row) => row.time_allowance, duration) },
  created: { heading: "CREATED", ...moment("created_date") },
  "activate-from": { heading: "ACTIVATE FROM", ...moment("window_activation_start") },
  "activate-until": { heading: "ACTIVATE UNTIL", ...moment("window_activation_end") },
  activated: { heading: "ACTIVATED", ...moment("activated_date") },
  expires: { heading: "EXPIRES", ...moment("expiry_date") },
  terminated: { heading: "TERMINATED", ...moment("terminated_date") },
} as const satisfies Readonly<Record<string, ListColumn>>;

/** The name of a column. */
export type ColumnName = keyof typeof COLUMNS;

/** The columns shown without --columns. */
export const DEFAULT_COLUMNS: readonly ColumnName[] = ["id", "sim", "status", "template", "data", "expires"];

/** How to fit a narrow terminal. The ID is always shown, because it identifies the row and people copy it. */
export const NARROWING: readonly Narrowing[] = [
  { column: "template", width: 18 },
  { column: "sim", width: 9 },
  { column: "template", width: 8 },
  { column: "template", width: 0 },
  { column: "sim", width: 0 },
  { column: "expires", width: 0 },
  { column: "data", width: 0 },
  { column: "status", width: 0 },
];

/** The list of packages. */
export const PACKAGES: Listing = {
  one: "package",
  many: "packages",
  rows: "packages",
  columns: COLUMNS,
  defaults: DEFAULT_COLUMNS,
  key: "id",
  narrowing: NARROWING,
};

/** A template's name with its ID, or whichever of them is present. */
export function templateLabel(row: Row): string {
  return entityLabel(templateOf(row));
}

/** The shortened name, or if too little of it would be left, the ID, which is unique in fewer columns. */
function shortTemplate(row: Row, room: number): string {
  const { id, name } = templateOf(row);
  const label = plain(name || id);
  const isNameUseful = width(label) <= room || room >= 16;
  const text = isNameUseful || id === undefined || id === null ? label : plain(id);
  return shorten(text, room);
}
