import { width } from "./text.ts";

/** Aligns rows in columns, two spaces apart. Columns are as wide as their widest cell, unless `widths` is given. */
export function table(
  rows: readonly (readonly string[])[],
  widths: readonly number[] = columnWidths(rows),
): string {
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The width of the widest cell of each column. */
export function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = rows.reduce((max, row) => Math.max(max, row.length), 0);
  return Array.from({ length: columns }, (_, column) =>
    rows.reduce((max, row) => Math.max(max, width(row[column] ?? "")), 0),
  );
}
