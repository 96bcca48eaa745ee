import { width } from "./text.ts";

/** Rows in aligned columns, two spaces apart. Columns are as wide as their widest cell, or as `widths` says. */
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

/** How wide each column has to be. */
export function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return Array.from({ length: columns }, (_, column) =>
    rows.reduce((most, row) => Math.max(most, width(row[column] ?? "")), 0),
  );
}
