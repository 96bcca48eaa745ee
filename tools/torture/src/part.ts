/** What one kind of torture came to. */
export interface Part<Found = unknown> {
  /** What there is to say, ready to be printed. */
  readonly text: string;
  /** How much happened that must not. */
  readonly wrong: number;
  /** The same, for results.json. */
  readonly found: Found;
}

/** Rows as lines, with their columns one under the other: numbers to the right, words to the left. */
export function aligned(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => `${row[column]}`.length))) ?? [];
  const cell = (value: string | number, column: number) =>
    typeof value === "number" ? `${value}`.padStart(widths[column] ?? 0) : value.padEnd(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(cell).join("  ")}`.trimEnd()).join("\n");
}

export function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
