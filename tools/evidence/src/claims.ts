import type { Row } from "../../bench/src/rows.ts";
import type { Evidence } from "./tools.ts";

/** What the root README claims, each with its figure and the way to its evidence: a section between `<!-- evidence -->` and its end. */
export function claims({ bench, torture, runtimes }: Evidence): Record<string, string> {
  const lines = [
    boughtTwice(torture),
    [
      range(bench.calls?.rows, "PackagesApi", "wall time"),
      "the time of a bare `fetch`, for a call of `PackagesApi`, from one row to 1,000 ([bench](tools/bench#what-a-call-costs))",
    ],
    [
      range(bench.mock?.rows, "esim-mock", "requests a second"),
      "the requests a second of Prism, from `esim-mock` ([bench](tools/bench#what-the-mock-can-take))",
    ],
    everywhere(runtimes),
  ];
  return { evidence: lines.map(([figure, what]) => `- ${figure} ${what}`).join("\n") };
}

function boughtTwice({ createPackage, createPackageOnce }: Evidence["torture"]): string[] {
  const runs = [createPackage, createPackageOnce];
  const twice = sum(
    runs.map(({ balance }) =>
      known(balance.wrong["SIMs with more than one package"], "SIMs with two packages"),
    ),
  );
  const outcomes = runs.flatMap(({ balance }) => Object.entries(balance.outcomes));
  const purchases = outcomes.filter(([outcome]) => /^purchases (done|refused|unknown)/.test(outcome));
  const count = (values: readonly number[]) => sum(values).toLocaleString("en");
  return [
    `**${twice}**`,
    `packages bought twice, in ${count(purchases.map(([, times]) => times))} purchases among ${count(runs.map((run) => run.operations))} operations over a network that cuts, delays and reorders ([torture](tools/torture#results))`,
  ];
}

/** From the least to the greatest median of a subject's ratios in all scenarios: none is picked. */
function range(rows: readonly Row[] = [], subject: string, metric: string): string {
  const ratios = rows
    .filter((row) => row.subject === subject && row.metric === metric)
    .map(({ ratio }) => known(ratio?.median, `a ratio of ${subject}`))
    .toSorted((a, b) => a - b);
  const text = (ratio: number | undefined) => {
    const value = known(ratio, `${metric} of ${subject}`);
    return value < 10 ? value.toFixed(2) : value.toFixed(1);
  };
  return `**${text(ratios[0])} to ${text(ratios.at(-1))} ×**`;
}

function everywhere({ rows }: Evidence["runtimes"]): string[] {
  const passed = sum(Object.values(rows).map((row) => row.passed));
  const failed = sum(Object.values(rows).map((row) => row.failed));
  return [
    `**${passed} of ${passed + failed}**`,
    "checks passed by the packed client on Node, Deno, Bun, workerd and in Chromium, in bundlers and compilers ([runtimes](tools/runtimes#results))",
  ];
}

function known(value: number | undefined, what: string): number {
  if (value === undefined)
    throw new Error(`the results have no ${what}: name it in tools/evidence/src/claims.ts as they do`);
  return value;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
