import type { Row } from "./measure.ts";

/** Rows as lines for a terminal, with the scenario as a heading. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ subject, sample, unit, ratio, goal }) => [
    subject,
    `${figure(sample.median)} ${unit}`,
    `${figure(sample.min)} – ${figure(sample.max)}`,
    ratio === undefined ? "" : `${ratio.toFixed(2)} ×`,
    goal ? `${goal.text} ${goal.met ? "reached" : "MISSED"}` : "",
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return rows
    .map(({ scenario }, index) => {
      const heading = scenario === rows[index - 1]?.scenario ? "" : `\n${scenario}\n`;
      return `${heading}  ${text[index]}`;
    })
    .join("\n");
}

/** Three digits that mean something, or a whole number. */
export function figure(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString("en");
  return value.toPrecision(3);
}
