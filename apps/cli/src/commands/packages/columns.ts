import type { Column, Narrowing } from "../../format/columns.ts";
import { NOTHING, plain, shorten, width } from "../../format/text.ts";
import { instant, type TimeStyle, time } from "../../format/time.ts";
import { bytes, colour, duration, number } from "../../format/values.ts";
import { type Row, templateOf } from "./row.ts";
import { statusColour } from "./status.ts";

/** How the cells of a list are written. */
export interface CellStyle {
  readonly isColoured: boolean;
  readonly times: TimeStyle;
  /** Milliseconds; what relative times are relative to. */
  readonly now: number;
}

type PackageColumn = Column<Row, CellStyle>;

/** Every column that a list of packages can have, by the name that --columns and --sort take. */
export const COLUMNS = {
  id: { heading: "ID", ...text(({ id }) => id), short: ({ id }) => plain(id) },
  sim: {
    heading: "SIM",
    ...text(({ sim }) => sim),
    // The last digits are those that people read out.
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
} as const satisfies Readonly<Record<string, PackageColumn>>;

/** The name of a column. */
export type ColumnName = keyof typeof COLUMNS;

/** The columns of a list for which none are named. */
export const DEFAULT_COLUMNS: readonly ColumnName[] = ["id", "sim", "status", "template", "data", "expires"];

/** How a list gives way to a narrow terminal. The ID stays, since it is what tells rows apart, and what is copied. */
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

/** A template's name with its ID, as far as there are both. */
export function templateLabel(row: Row): string {
  const { id, name } = templateOf(row);
  if (!name) return plain(id);
  return id === undefined || id === null ? plain(name) : `${plain(name)} (${plain(id)})`;
}

/** The name alone, its middle left out, or where that says too little, the ID, which tells templates apart in fewest columns. */
function shortTemplate(row: Row, room: number): string {
  const { id, name } = templateOf(row);
  const label = plain(name || id);
  const isNameUseful = width(label) <= room || room >= 16;
  const text = isNameUseful || id === undefined || id === null ? label : plain(id);
  return shorten(text, room);
}

function text(value: (row: Row) => unknown): Pick<PackageColumn, "cell" | "value"> {
  return { cell: (row) => plain(value(row)), value };
}

function quantity(
  value: (row: Row) => unknown,
  format: (value: unknown) => string,
): Pick<PackageColumn, "cell" | "value"> {
  return { cell: (row) => (value(row) === undefined ? NOTHING : format(value(row))), value };
}

function moment(field: string): Pick<PackageColumn, "cell" | "value" | "exact"> {
  return {
    cell: (row, { times, now }) => time(row[field], times, now),
    value: (row) => instant(row[field]) ?? (row[field] || undefined),
    exact: (row, { times }) => time(row[field], times === "utc" ? "utc" : "local"),
  };
}
