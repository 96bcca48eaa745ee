import { cellIn, type Layout, layOut, type Narrowing, tableLines } from "../format/columns.ts";
import { csvRow } from "../format/csv.ts";
import { NOTHING, plain } from "../format/text.ts";
import { json } from "../output.ts";
import { terminalWidth } from "../terminal.ts";
import type { CellStyle, ListColumn } from "./cells.ts";
import type { Listing } from "./listing.ts";
import { asRow, type Row } from "./row.ts";

/** The forms that a list can be printed in: a table at a terminal, and lines with tabs in a pipe. */
export type ListFormat = "table" | "tabs" | "csv" | "json" | "jsonl" | "ids";

/** Turns pages of rows into text, one after the other, so that a long list starts at once and needs no memory. */
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

  /** The columns that the terminal has no room for. */
  get hidden(): string[] {
    const shown = this.#layout?.names;
    return shown ? this.#names.filter((name) => !shown.includes(name)) : [];
  }

  /** The next rows as they came, in whole lines; nothing for none. */
  page(rows: readonly unknown[]): string {
    if (rows.length === 0) return "";
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    return this.#forms[this.#format](rows, isFirst);
  }

  /** What ends the list. */
  end(): string {
    if (this.#format === "csv" && this.#isFirst) return `${this.#csvHeading()}\n`;
    if (this.#format !== "json") return "";
    return this.#isFirst ? "[]\n" : "\n]\n";
  }

  readonly #forms: Readonly<Record<ListFormat, (rows: readonly unknown[], isFirst: boolean) => string>> = {
    // A row without an ID has nothing to print: a sign for that would be taken for an ID.
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
    // An array that is left open: without its first line, which belongs to the first page, and its last.
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

  /** Of columns that are not among the usual ones, the last go first. */
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

/** The headings, as a row of their own. */
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
