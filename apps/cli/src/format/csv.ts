import type { Column } from "./columns.ts";
import { NOTHING, plain } from "./text.ts";

/**
 * A row of CSV (RFC 4180) without its line end. Missing values are empty and numbers stay as received. Text that a spreadsheet would read
 * as a formula gets a ' in front: it comes from other people, and a formula can leak the cells next to it.
 */
export function csvRow<Row, Context>(
  row: Row,
  columns: readonly Column<Row, Context>[],
  context: Context,
): string {
  return columns
    .map(({ value, exact }) => {
      const given = value(row);
      const text = exact ? exact(row, context) : plain(given);
      return field(typeof given === "number" ? text : inert(text));
    })
    .join(",");
}

/** Spreadsheets in some locales accept full-width signs as the start of a formula. */
function inert(text: string): string {
  return /^[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
}

function field(text: string): string {
  if (text === NOTHING) return "";
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
