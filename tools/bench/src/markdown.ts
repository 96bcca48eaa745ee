import { figure } from "./figure.ts";
import type { Row } from "./rows.ts";

/** A group's rows: a table for each metric, and one of its goals. */
export function markdown(rows: readonly Row[]): string {
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  const tables = metrics.map((metric) => {
    const heading = `**${metric.charAt(0).toUpperCase()}${metric.slice(1)}**`;
    return `${heading}\n\n${figuresOf(rows.filter((row) => row.metric === metric))}`;
  });
  return [...tables, goalsOf(rows)].filter(Boolean).join("\n\n");
}

/** Subjects down and scenarios across, or the other way round where there are fewer subjects. */
function figuresOf(rows: readonly Row[]): string {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  const cell = (subject: string, scenario: string) => {
    const row = rows.find((each) => each.subject === subject && each.scenario === scenario);
    if (!row) return "";
    const { sample, unit, ratio, goals } = row;
    const mark = goals.length === 0 ? "" : goals.every(({ isMet }) => isMet) ? " ✓" : " ✗";
    return `${figure(sample.median)} ${unit}${ratio ? `, ${ratio.median.toFixed(2)} ×` : ""}${mark}`;
  };
  const isWide = scenarios.length > subjects.length;
  const [down, across] = isWide ? [scenarios, subjects] : [subjects, scenarios];
  const lines = down.map((name) => [
    name,
    ...across.map((other) => (isWide ? cell(other, name) : cell(name, other))),
  ]);
  return aligned([["", ...across], ...lines]);
}

/** Each goal once, with the scenario that it is hardest to reach in. */
function goalsOf(rows: readonly Row[]): string {
  const all = rows.flatMap(({ metric, subject, scenario, goals }) =>
    goals.map((goal) => ({ ...goal, scenario, name: `${subject}, ${metric}` })),
  );
  if (all.length === 0) return "";
  const byGoal = Map.groupBy(all, ({ name, text }) => `${name}: ${text}`);
  const lines = [...byGoal.values()].map((goals) => {
    const [first] = goals;
    const [worst = first] = goals.toSorted((a, b) =>
      first?.text.startsWith("≥") ? a.value - b.value : b.value - a.value,
    );
    const isMet = goals.every((goal) => goal.isMet);
    const { name = "", text = "", reached = "", scenario = "" } = worst ?? {};
    return [name, text, goals.length > 1 ? `${reached}: ${scenario}` : reached, isMet ? "✓" : "**missed**"];
  });
  return `**Goals**\n\n${aligned([["", "goal", "the worst", ""], ...lines], "left")}`;
}

/** As a formatter would lay it out: names to the left, figures to the right. */
function aligned(
  [header = [], ...lines]: readonly (readonly string[])[],
  side: "left" | "right" = "right",
): string {
  const widths = header.map((_, at) =>
    Math.max(3, ...[header, ...lines].map((line) => line[at]?.length ?? 0)),
  );
  const isLeft = (at: number) => at === 0 || side === "left";
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (isLeft(at) ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, at) => (isLeft(at) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [header, rule, ...lines].map(row).join("\n");
}
