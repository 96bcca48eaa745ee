import type { Column } from "../format/columns.ts";
import { NOTHING, plain } from "../format/text.ts";
import { instant, type TimeStyle, time } from "../format/time.ts";
import { asRow, type Row } from "./row.ts";

/** How to format the cells of a list. */
export interface CellStyle {
  readonly isColoured: boolean;
  readonly times: TimeStyle;
  /** The time that relative times refer to, in milliseconds. */
  readonly now: number;
}

/** A column of a list from the server. */
export type ListColumn = Column<Row, CellStyle>;

type Cells = Pick<ListColumn, "cell" | "value">;

/** A value, printed as received. */
export function text(value: (row: Row) => unknown): Cells {
  return { cell: (row) => plain(value(row)), value };
}

/** The value that identifies a row. Never shortened, because people copy it. */
export function key(field: string): Cells & Pick<ListColumn, "short"> {
  return { ...text((row) => row[field]), short: (row) => plain(row[field]) };
}

/** A value that a function formats, if present. */
export function quantity(value: (row: Row) => unknown, format: (value: unknown) => string): Cells {
  return { cell: (row) => (value(row) === undefined ? NOTHING : format(value(row))), value };
}

/** A timestamp. */
export function moment(field: string): Cells & Pick<ListColumn, "exact"> {
  return {
    cell: (row, { times, now }) => time(row[field], times, now),
    value: (row) => instant(row[field]) ?? (row[field] || undefined),
    exact: (row, { times }) => time(row[field], times === "utc" ? "utc" : "local"),
  };
}

/** What a row belongs to: some answers have an ID, others an object with ID and name. */
export function entity(field: string): Cells {
  return {
    cell: (row) => entityLabel(row[field]),
    value: (row) => (isObject(row[field]) ? (asRow(row[field]).name ?? asRow(row[field]).id) : row[field]),
  };
}

/** A name with its ID, or whichever of them is present; 0 means none. */
export function entityLabel(value: unknown): string {
  if (!isObject(value)) return plain(value || undefined);
  const { id, name } = asRow(value);
  if (!name) return plain(id);
  return id === undefined || id === null ? plain(name) : `${plain(name)} (${plain(id)})`;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
