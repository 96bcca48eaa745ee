import { figure } from "./figure.ts";
import type { Row } from "./rows.ts";

/** Rows as lines for a terminal, with metric and scenario as a heading. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ subject, sample, unit, ratio, goals }) => [
    subject,
    `${figure(sample.median)} ${unit}`,
    `${figure(sample.min)} – ${figure(sample.max)}`,
    ratio ? `${ratio.median.toFixed(2)} ×` : "",
    goals
      .map(({ text, reached, isMet }) => `${text}: ${reached}, ${isMet ? "reached" : "MISSED"}`)
      .join("; "),
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
  const headings = rows.map(({ metric, scenario }) => `${metric}: ${scenario}`);
  return headings
    .map((heading, index) => `${heading === headings[index - 1] ? "" : `\n${heading}\n`}  ${text[index]}`)
    .join("\n");
}
