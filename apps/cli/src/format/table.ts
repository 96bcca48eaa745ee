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
