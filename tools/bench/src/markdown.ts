import { markdownTable } from "@betatelltd/esim-testing/report";
import { figure } from "./figure.ts";
import type { Row } from "./rows.ts";

/** More scenarios than this, side by side, are wider than a phone. */
const MOST_COLUMNS = 3;

/** A group's rows as tables no wider than a phone, and its goals. */
export function markdown(rows: readonly Row[]): string {
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  const isSplit = (metric: string) => {
    const { subjects, scenarios } = namesIn(rows, metric);
    return scenarios.length > MOST_COLUMNS && subjects.length > scenarios.length;
  };
  const split = rows.filter(({ metric }) => isSplit(metric));
  const whole = metrics.filter((metric) => !isSplit(metric));
  const tables = [
    ...byScenario(split),
    ...whole.map((metric) => `**${capital(metric)}**\n\n${ofMetric(rows, metric)}`),
    goalsOf(rows),
  ];
  return tables.filter(Boolean).join("\n\n");
}

/** A table for each scenario, with the metrics across. */
function byScenario(rows: readonly Row[]): string[] {
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  return [...Map.groupBy(rows, ({ scenario }) => scenario)].map(([scenario, each]) => {
    const subjects = [...new Set(each.map(({ subject }) => subject))];
    const find = (subject: string, metric: string) =>
      each.find((row) => row.subject === subject && row.metric === metric);
    const lines = subjects.map((subject) => [
      subject,
      ...metrics.map((metric) => cell(find(subject, metric))),
    ]);
    return `**${scenario}**\n\n${markdownTable([["", ...metrics], ...lines])}`;
  });
}

/** Subjects down and scenarios across, or the other way round where there are fewer subjects. */
function ofMetric(rows: readonly Row[], metric: string): string {
  const { subjects, scenarios } = namesIn(rows, metric);
  const find = (subject: string, scenario: string) =>
    rows.find((row) => row.metric === metric && row.subject === subject && row.scenario === scenario);
  const isTurned = scenarios.length > subjects.length;
  const [down, across] = isTurned ? [scenarios, subjects] : [subjects, scenarios];
  const lines = down.map((name) => [
    name,
    ...across.map((other) => cell(isTurned ? find(other, name) : find(name, other))),
  ]);
  return markdownTable([["", ...across], ...lines]);
}

function namesIn(rows: readonly Row[], metric: string) {
  const own = rows.filter((row) => row.metric === metric);
  return {
    subjects: [...new Set(own.map(({ subject }) => subject))],
    scenarios: [...new Set(own.map(({ scenario }) => scenario))],
  };
}

/** The ratio first: the absolute figure is this machine's. */
function cell(row: Row | undefined): string {
  if (!row) return "";
  const { sample, unit, ratio, goals } = row;
  const mark = goals.length === 0 ? "" : goals.every(({ isMet }) => isMet) ? " ✓" : " ✗";
  const absolute = `${figure(sample.median)} ${unit}`;
  return ratio ? `${ratio.median.toFixed(2)} ×${mark} <sub>${absolute}</sub>` : `${absolute}${mark}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
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
    const mark = goals.every((goal) => goal.isMet) ? "✓" : "✗ **missed**";
    const { name = "", text = "", reached = "", scenario = "" } = worst ?? {};
    return `- ${mark} ${name} ${text}. ${goals.length > 1 ? `Worst: ${reached}, ${scenario}` : `It is ${reached}`}`;
  });
  return `**Goals**\n\n${lines.join("\n")}`;
}
