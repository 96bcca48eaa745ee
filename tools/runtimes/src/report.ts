import { caption, markdownTable, type RunDetails } from "@betatelltd/esim-testing/report";
import type { Check } from "./check.ts";

/** What a row came to. */
export interface RowResult {
  readonly passed: number;
  readonly failed: number;
  /** What the client was tried on, with versions. */
  readonly on: readonly string[];
}

/** What a whole run found, as results.json has it. */
export interface Results extends RunDetails {
  readonly rows: Readonly<Record<string, RowResult>>;
}

/** Counts the checks of a row. */
export function rowResult(checks: readonly Check[]): RowResult {
  const failed = checks.filter(({ problems }) => problems.length > 0).length;
  // The name of a check begins with what it is about: "Node 20.20.2, import, default: keys …".
  const on = new Set(checks.map(({ name }) => name.split(/[,:]/, 1)[0] ?? ""));
  return { passed: checks.length - failed, failed, on: [...on] };
}

/** What the README shows of a run. */
export function sections(results: Results): Record<string, string> {
  const rows = Object.entries(results.rows).map(([name, { passed, failed, on }]) => [
    `\`${name}\`: ${on.join(", ")}`,
    `${passed} of ${passed + failed} ${passed === 0 || failed > 0 ? "✗" : "✓"}`,
  ]);
  const table = markdownTable([["row, and what the client was tried on", "checks passed"], ...rows]);
  return { "runtimes:results": `${table}\n\n${caption(results)}` };
}
