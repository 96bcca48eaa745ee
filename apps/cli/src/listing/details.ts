import { table } from "../format/table.ts";
import { plain } from "../format/text.ts";
import { time, timeStyle } from "../format/time.ts";
import type { GlobalOptions } from "../global-options.ts";
import { coloured, json } from "../output.ts";
import type { CellStyle } from "./cells.ts";
import { asRow, type Row } from "./row.ts";

/** Formats a value for people, possibly in several lines. */
export type Line = (row: Row, style: CellStyle) => string;

/** The known fields of an object, in display order. */
export type Fields = Readonly<Record<string, readonly [label: string, Line]>>;

/** An object as lines of label and value; fields that are not in the contract come last, under their own names. */
export function details(row: Row, fields: Fields, style: CellStyle): string[][] {
  const known = Object.entries(fields)
    .filter(([field]) => Object.hasOwn(row, field))
    .flatMap(([, [label, line]]) =>
      line(row, style)
        .split("\n")
        .map((each, at) => [at === 0 ? label : "", each]),
    );
  const unknown = Object.keys(row).filter((field) => !Object.hasOwn(fields, field));
  return [...known, ...unknown.map((field) => [plain(field), plain(row[field])])];
}

/** Formats an object as the options say. @param key the field that --quiet prints */
export function detailsText(data: unknown, fields: Fields, key: string, options: GlobalOptions): string {
  if (options.json) return `${json(data)}\n`;
  const row = asRow(data);
  if (options.quiet) return `${plain(row[key])}\n`;
  const style = { isColoured: coloured(options), times: timeStyle("both", options), now: Date.now() };
  return `${table(details(row, fields, style))}\n`;
}

/** A timestamp. */
export function momentOf(field: string): Line {
  return (row, { times, now }) => time(row[field], times, now);
}
