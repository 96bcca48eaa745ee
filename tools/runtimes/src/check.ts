/** Something that must hold, and the reasons why it does not. */
export interface Check {
  readonly name: string;
  /** Empty if it holds. */
  readonly problems: readonly string[];
}

export function check(name: string, ...problems: readonly (string | false | undefined)[]): Check {
  return { name, problems: problems.filter((problem) => typeof problem === "string") };
}

/** One fault often breaks everything, so the first few problems are enough. */
const MOST_PROBLEMS = 6;
const MOST_LINES = 40;
const LONGEST_LINE = 400;

/** Formats a check: one line, with its problems below. */
export function format({ name, problems }: Check): string {
  const shown = problems.slice(0, MOST_PROBLEMS);
  if (problems.length > shown.length) shown.push(`… and ${problems.length - shown.length} more`);
  const details = shown.map((problem) => {
    const lines = problem.trim().split("\n").slice(0, MOST_LINES);
    return lines.map((line) => `\n    ${line.slice(0, LONGEST_LINE)}`).join("");
  });
  return `${problems.length === 0 ? "✓" : "✗"} ${name}${details.join("")}`;
}
