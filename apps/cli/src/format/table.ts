import { stripVTControlCharacters } from "node:util";

const width = (cell: string) => [...stripVTControlCharacters(cell)].length;

/** Rows in aligned columns, two spaces apart. Columns are as wide as their widest cell, or as `widths` says. */
export function table(rows: readonly (readonly string[])[], widths = columnWidths(rows)): string {
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** How wide each column has to be. */
export function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ""))),
  );
}

/** Narrower `widths` of which one column gives way, so that a row fits a terminal that is `terminal` wide. */
export function narrow(widths: readonly number[], column: number, terminal: number): number[] {
  const excess = Math.max(0, lineWidth(widths) - terminal);
  return widths.map((width, at) =>
    at === column ? Math.max(Math.min(width, NARROWEST), width - excess) : width,
  );
}

/** The row with its cell in `column` shortened to its width, if otherwise the terminal had to break the line. */
export function fit(
  row: readonly string[],
  widths: readonly number[],
  column: number,
  terminal: number,
): string[] {
  const room = widths[column] ?? 0;
  const line = lineWidth(row.map((cell, at) => Math.max(width(cell), widths[at] ?? 0)));
  return row.map((cell, at) =>
    at === column && line > terminal && width(cell) > room
      ? `${[...cell].slice(0, room - 1).join("")}…`
      : cell,
  );
}

/** A column that is narrower than this says nothing any more. */
const NARROWEST = 8;

function lineWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 2 * (widths.length - 1));
}
