import { table } from "./table.ts";
import { shorten, width } from "./text.ts";

/** A column of a list. */
export interface Column<Row, Context> {
  readonly heading: string;
  /** The text of the cell. */
  readonly cell: (row: Row, context: Context) => string;
  /** A shorter text of at most `width` terminal columns; by default the middle is left out. */
  readonly short?: (row: Row, width: number, context: Context) => string;
  /** The value to sort by; also printed in CSV, unless there is an `exact`. */
  readonly value: (row: Row) => unknown;
  /** The text in CSV. */
  readonly exact?: (row: Row, context: Context) => string;
}

/** A step that narrows a table: limits a column to `width`, or drops it at width 0. */
export interface Narrowing {
  readonly column: string;
  readonly width: number;
}

/** The columns of a table and their widths. */
export interface Layout {
  readonly names: readonly string[];
  readonly widths: readonly number[];
}

/** Spaces between two cells. */
const GAP = 2;

/**
 * Fits columns into `room` terminal columns: applies the steps in order until the table fits. Space that is left over then goes back to
 * the shortened columns, in the same order, as far as they can use it.
 * @param columns the cells of each column by its name, heading included
 * @param shorten shortens the cell of a row (0 for the heading) to a width
 * @param before the layout of the rows above, whose columns are kept and do not become narrower
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
    const maxWidth = Math.min(natural.get(column) ?? now, now + Math.max(0, -excess()));
    const cells = columns.get(column) ?? [];
    widths.set(
      column,
      widest(cells.map((cell, row) => (width(cell) <= maxWidth ? cell : shorten(column, row, maxWidth)))),
    );
  }
  return { names: [...widths.keys()], widths: [...widths.values()] };
}

function widest(cells: readonly string[]): number {
  return cells.reduce((max, cell) => Math.max(max, width(cell)), 0);
}

/** The text of a cell in at most `room` terminal columns. */
export function cellIn<Row, Context>(
  column: Column<Row, Context>,
  row: Row,
  room: number,
  context: Context,
): string {
  const cell = column.cell(row, context);
  return width(cell) <= room ? cell : (column.short?.(row, room, context) ?? shorten(cell, room));
}

/** Formats rows as lines of a table. */
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
