import type { Column } from "./columns.ts";
import { NOTHING, plain } from "./text.ts";

/** A row of CSV (RFC 4180), but for its end. Nothing is empty, and numbers are as they came. */
export function csvRow<Row, Context>(
  row: Row,
  columns: readonly Column<Row, Context>[],
  context: Context,
): string {
  return columns.map(({ value, exact }) => field(exact ? exact(row, context) : plain(value(row)))).join(",");
}

function field(text: string): string {
  if (text === NOTHING) return "";
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
