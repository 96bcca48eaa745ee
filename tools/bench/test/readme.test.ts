import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { groups } from "../src/groups/all.ts";
import { markdown } from "../src/markdown.ts";
import { rowsOf } from "../src/rows.ts";

const page = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test.each(groups.map(({ id }) => id))("the README has a place for %s, and its plot", (id) => {
  expect(page).toMatch(new RegExp(`<!-- bench:${id} -->[^]*<!-- /bench:${id} -->`));
  expect(page).toContain(`](plots/${id}.svg)`);
});

const timesOf = (metric: string, scenario: string, ours: number) =>
  rowsOf({
    metric,
    scenario,
    unit: "µs",
    values: new Map([
      ["fetch", [100]],
      ["ky", [100]],
      ["axios", [100]],
      ["openapi-fetch", [100]],
      ["ours", [ours]],
    ]),
    reference: "fetch",
    targets: { ours: [{ atMost: 1, timesThatOf: ["fetch"] }] },
  });

test("there is a table for each metric, and a list of goals with the scenario that is hardest to reach", () => {
  expect(markdown([...timesOf("wall time", "one", 80), ...timesOf("wall time", "many", 120)])).toBe(
    `**Wall time**

|               |                       one |                       many |
| ------------- | ------------------------: | -------------------------: |
| fetch         |  1.00 × <sub>100 µs</sub> |   1.00 × <sub>100 µs</sub> |
| ky            |  1.00 × <sub>100 µs</sub> |   1.00 × <sub>100 µs</sub> |
| axios         |  1.00 × <sub>100 µs</sub> |   1.00 × <sub>100 µs</sub> |
| openapi-fetch |  1.00 × <sub>100 µs</sub> |   1.00 × <sub>100 µs</sub> |
| ours          | 0.80 × ✓ <sub>80 µs</sub> | 1.20 × ✗ <sub>120 µs</sub> |

**Goals**

- ✗ **missed** ours, wall time ≤ 1 × of fetch. Worst: 1.20 ×, many`,
  );
});

test("more scenarios than fit on a phone get a table each, with the metrics across", () => {
  const rows = ["a", "b", "c", "d"].flatMap((scenario) => [
    ...timesOf("wall time", scenario, 80),
    ...timesOf("CPU time", scenario, 90),
  ]);
  const headings = markdown(rows).match(/^\*\*.*$/gm);
  expect(headings).toEqual(["**a**", "**b**", "**c**", "**d**", "**Goals**"]);
  expect(markdown(rows)).toMatch(/^\| +\| +wall time \| +CPU time \|$/m);
});
