import { cellIn, type Layout, layOut, type Narrowing, tableLines } from "../format/columns.ts";
import { csvRow } from "../format/csv.ts";
import { NOTHING, plain } from "../format/text.ts";
import { json } from "../output.ts";
import { terminalWidth } from "../terminal.ts";
import type { CellStyle, ListColumn } from "./cells.ts";
import type { Listing } from "./listing.ts";
import { asRow, type Row } from "./row.ts";

/** The formats of a list. By default, a table at a terminal and tab-separated lines in a pipe. */
export type ListFormat = "table" | "tabs" | "csv" | "json" | "jsonl" | "ids";

/** Formats rows page by page, so that a long list starts printing at once and is never held in memory. */
export class RowWriter {
  readonly #listing: Listing;
  readonly #format: ListFormat;
  readonly #names: readonly string[];
  readonly #style: CellStyle;
  #layout: Layout | undefined;
  #isFirst = true;

  constructor(listing: Listing, format: ListFormat, names: readonly string[], style: CellStyle) {
    this.#listing = listing;
    this.#format = format;
    this.#names = names;
    this.#style = style;
  }

  /** The columns that do not fit the terminal. */
  get hidden(): string[] {
    const shown = this.#layout?.names;
    return shown ? this.#names.filter((name) => !shown.includes(name)) : [];
  }

  /** Formats the next rows, in whole lines; an empty string for no rows. */
  page(rows: readonly unknown[]): string {
    if (rows.length === 0) return "";
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    return this.#forms[this.#format](rows, isFirst);
  }

  /** The end of the list. */
  end(): string {
    if (this.#format === "csv" && this.#isFirst) return `${this.#csvHeading()}\n`;
    if (this.#format !== "json") return "";
    return this.#isFirst ? "[]\n" : "\n]\n";
  }

  readonly #forms: Readonly<Record<ListFormat, (rows: readonly unknown[], isFirst: boolean) => string>> = {
    // A row without an ID is skipped: a placeholder would be mistaken for an ID.
    ids: (rows) => {
      const ids = rows.map((row) => plain(this.#column(this.#listing.key).value(asRow(row))));
      return lines(
        ids.filter((id) => id !== NOTHING),
        (id) => id,
      );
    },
    tabs: (rows) => {
      const cells = this.#columns.map(({ cell }) => cell);
      return lines(rows.map(asRow), (row) => cells.map((cell) => cell(row, this.#style)).join("\t"));
    },
    csv: (rows, isFirst) => {
      const columns = this.#columns;
      const heading = isFirst ? `${this.#csvHeading()}\n` : "";
      return heading + lines(rows.map(asRow), (row) => csvRow(row, columns, this.#style));
    },
    jsonl: (rows) => lines(rows, (row) => json(row, 0)),
    // One array across all pages: the brackets of each page's own array are cut off.
    json: (rows, isFirst) => `${isFirst ? "[" : ","}
${json(rows).slice(2, -2)}`,
    table: (given, isFirst) => {
      const rows = given.map(asRow);
      this.#layout = this.#layOut(rows);
      const heading = Object.fromEntries(this.#names.map((name) => [name, this.#column(name).heading]));
      const head = isFirst
        ? `${tableLines([heading], headings(this.#names), this.#layout, undefined)}\n`
        : "";
      return `${head}${tableLines(rows, this.#listing.columns, this.#layout, this.#style)}\n`;
    },
  };

  get #columns() {
    return this.#names.map((name) => this.#column(name));
  }

  #column(name: string): ListColumn {
    return this.#listing.columns[name] as ListColumn;
  }

  /** After the listing's own steps, columns are dropped from the right. */
  get #narrowing(): Narrowing[] {
    const others = this.#names.slice(1).filter((name) => name !== this.#listing.key);
    return [...this.#listing.narrowing, ...others.reverse().map((column) => ({ column, width: 0 }))];
  }

  #csvHeading(): string {
    return this.#names.join(",");
  }

  #layOut(rows: readonly Row[]): Layout {
    const cells = new Map(
      this.#names.map((name) => {
        const { heading, cell } = this.#column(name);
        return [name, [heading, ...rows.map((row) => cell(row, this.#style))]];
      }),
    );
    const shorten = (name: string, at: number, width: number) => {
      const row = rows[at - 1];
      return row ? cellIn(this.#column(name), row, width, this.#style) : "";
    };
    return layOut(cells, this.#narrowing, terminalWidth(), shorten, this.#layout);
  }
}

type Heading = Readonly<Record<string, string>>;

/** Columns for the heading row. */
function headings(names: readonly string[]) {
  return Object.fromEntries(
    names.map((name) => {
      const value = (row: Heading) => row[name] ?? "";
      return [name, { heading: name, value, cell: value }];
    }),
  );
}

function lines<Each>(rows: readonly Each[], line: (row: Each) => string): string {
  let text = "";
  for (const row of rows) text += `${line(row)}\n`;
  return text;
}
