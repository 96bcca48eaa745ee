import { table } from "./table.ts";
import { shorten, width } from "./text.ts";

/** A column of a list. */
export interface Column<Row, Context> {
  readonly heading: string;
  /** What a person reads. */
  readonly cell: (row: Row, context: Context) => string;
  /** The same in fewer columns of the terminal; by default the middle is left out. */
  readonly short?: (row: Row, width: number, context: Context) => string;
  /** What rows are sorted by, and what CSV has unless `exact` says otherwise. */
  readonly value: (row: Row) => unknown;
  /** What CSV has. */
  readonly exact?: (row: Row, context: Context) => string;
}

/** A step by which a table becomes narrower: a column gets no more than `width`, or goes. */
export interface Narrowing {
  readonly column: string;
  readonly width: number;
}

/** How a table is laid out. */
export interface Layout {
  readonly names: readonly string[];
  readonly widths: readonly number[];
}

/** Columns between two cells. */
const GAP = 2;

/**
 * Lays out columns so that they fit `room` columns of a terminal: step by step they become narrower or, at width 0, go, until the rest
 * fits. What is left over then is given back, first to the one that gave way first, as far as it makes use of it.
 * @param columns the cells of each column by its name, heading included
 * @param shorten the cell of a row, 0 for the heading, in so many columns of the terminal
 * @param before the layout of the rows above, of which the columns stay and become no narrower
 */
export function layOut(
  columns: ReadonlyMap<string, readonly string[]>,
  steps: readonly Narrowing[],
  room: number,
  shorten: (column: string, row: number, width: number) => string,
  before?: Layout,
): Layout {
  const natural = new Map<string, number>();
  for (const [name, cells] of columns) {
    const at = before?.names.indexOf(name) ?? 0;
    if (at >= 0) natural.set(name, Math.max(widest(cells), before?.widths[at] ?? 0));
  }
  const widths = new Map(natural);
  const excess = () => [...widths.values()].reduce((sum, each) => sum + each + GAP, -GAP) - room;
  const shortened = new Set<string>();
  for (const { column, width } of steps) {
    const now = widths.get(column);
    if (excess() <= 0) break;
    if (now === undefined || now <= width || (before && width === 0)) continue;
    if (width === 0) widths.delete(column);
    else widths.set(column, width);
    shortened.add(column);
  }
  for (const column of shortened) {
    const now = widths.get(column);
    if (now === undefined) continue;
    const most = Math.min(natural.get(column) ?? now, now + Math.max(0, -excess()));
    const cells = columns.get(column) ?? [];
    widths.set(
      column,
      widest(cells.map((cell, row) => (width(cell) <= most ? cell : shorten(column, row, most)))),
    );
  }
  return { names: [...widths.keys()], widths: [...widths.values()] };
}

function widest(cells: readonly string[]): number {
  return cells.reduce((most, cell) => Math.max(most, width(cell)), 0);
}

/** A cell in so many columns of the terminal. */
export function cellIn<Row, Context>(
  column: Column<Row, Context>,
  row: Row,
  room: number,
  context: Context,
): string {
  const cell = column.cell(row, context);
  return width(cell) <= room ? cell : (column.short?.(row, room, context) ?? shorten(cell, room));
}

/** Rows as lines of a table of this layout. */
export function tableLines<Row, Context>(
  rows: readonly Row[],
  columns: Readonly<Record<string, Column<Row, Context>>>,
  { names, widths }: Layout,
  context: Context,
): string {
  const cells = rows.map((row) =>
    names.map((name, at) => cellIn(columns[name] as Column<Row, Context>, row, widths[at] ?? 0, context)),
  );
  return table(cells, widths);
}
