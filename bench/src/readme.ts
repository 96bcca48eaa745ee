import { readFileSync, writeFileSync } from "node:fs";
import type { Row } from "./measure.ts";
import { figure } from "./table.ts";

const file = new URL("../../README.md", import.meta.url);

/** Puts a group's figures into the README, between `<!-- bench:id -->` and `<!-- /bench:id -->`. */
export function writeReadme(id: string, rows: readonly Row[], when: string): void {
  const [start, end] = [`<!-- bench:${id} -->`, `<!-- /bench:${id} -->`];
  const readme = readFileSync(file, "utf8");
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no place for ${id}: ${start} and ${end}`);
  const text = `${start}\n\n${markdown(rows)}\n\n${when}\n\n${end}`;
  writeFileSync(file, readme.slice(0, from) + text + readme.slice(to + end.length));
}

/** Subjects down and scenarios across, or the other way round where there are fewer subjects. */
function markdown(rows: readonly Row[]): string {
  const scenarioOf = ({ scenario, unit }: Row) =>
    rows.some((each) => each.scenario === scenario && each.unit !== unit) ? `${scenario}, ${unit}` : scenario;
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const scenarios = [...new Set(rows.map(scenarioOf))];
  const cell = (subject: string, scenario: string) => {
    const row = rows.find((each) => each.subject === subject && scenarioOf(each) === scenario);
    if (!row) return "";
    const ratio = row.ratio === undefined ? "" : `, ${row.ratio.toFixed(2)} ×`;
    const goal = row.goal ? ` ${row.goal.met ? "✓" : "✗"}` : "";
    return `${figure(row.sample.median)} ${row.unit}${ratio}${goal}`;
  };
  const isWide = scenarios.length > subjects.length;
  const [down, across] = isWide ? [scenarios, subjects] : [subjects, scenarios];
  const lines = down.map((name) => [
    name,
    ...across.map((other) => (isWide ? cell(other, name) : cell(name, other))),
  ]);
  return aligned([["", ...across], ...lines]);
}

/** As a formatter would lay it out: names to the left, figures to the right. */
function aligned([header = [], ...lines]: readonly (readonly string[])[]): string {
  const widths = header.map((_, at) =>
    Math.max(3, ...[header, ...lines].map((line) => line[at]?.length ?? 0)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [header, rule, ...lines].map(row).join("\n");
}
