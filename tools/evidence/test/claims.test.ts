import { expect, test } from "vitest";
import { claims } from "../src/claims.ts";
import type { Evidence } from "../src/tools.ts";

const row = (subject: string, metric: string, ratio: number) => ({
  subject,
  metric,
  ratio: { median: ratio, min: 0, max: 9 },
});
const run = (operations: number, twice: number) => ({
  operations,
  balance: {
    outcomes: {
      "purchases done": 1_200,
      "purchases refused": 30,
      "purchases sent on more than once": 7,
      "actions done": 9_000,
    },
    wrong: { "SIMs with more than one package": twice },
  },
});
const evidence = {
  bench: {
    calls: {
      rows: [
        row("PackagesApi", "wall time", 0.7),
        row("PackagesApi", "wall time", 1.031),
        row("PackagesApi", "CPU time", 2),
        row("ky", "wall time", 3),
      ],
    },
    mock: {
      rows: [row("esim-mock", "requests a second", 12.96), row("esim-mock", "requests a second", 9.5)],
    },
  },
  torture: { createPackage: run(10_000, 1), createPackageOnce: run(11_000, 2) },
  runtimes: { rows: { node: { passed: 9, failed: 1 }, deno: { passed: 4, failed: 0 } } },
} as unknown as Evidence;

test("each figure is taken from the results, also where it is no good one", () => {
  const lines = (claims(evidence).evidence ?? "").split("\n");
  expect(lines.map((line) => /\*\*.+?\*\*/.exec(line)?.[0])).toEqual([
    "**3**",
    "**0.70 to 1.03 ×**",
    "**9.50 to 13.0 ×**",
    "**13 of 14**",
  ]);
  expect(lines[0]).toContain("in 2,460 purchases among 21,000 operations");
});

test("a figure that the results do not have is an error, not a gap", () => {
  expect(() => claims({ ...evidence, bench: {} })).toThrow("no wall time of PackagesApi");
  const renamed = { operations: 1, balance: { outcomes: {}, wrong: {} } } as never;
  expect(() => claims({ ...evidence, torture: { ...evidence.torture, createPackage: renamed } })).toThrow(
    "no SIMs with two packages",
  );
});
