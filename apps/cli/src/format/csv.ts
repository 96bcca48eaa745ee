import type { Column } from "./columns.ts";
import { NOTHING, plain } from "./text.ts";

/**
 * A row of CSV (RFC 4180), but for its end. Nothing is empty, numbers are as they came, and text that a spreadsheet would take for a
 * formula has a ' in front: it comes from others, and a formula may send what is beside it elsewhere.
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

/** Full-width signs begin a formula too where people write with them. */
function inert(text: string): string {
  return /^[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
}

function field(text: string): string {
  if (text === NOTHING) return "";
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
