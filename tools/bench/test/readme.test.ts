import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { groups } from "../src/groups/all.ts";
import { markdown } from "../src/markdown.ts";
import { filled, README } from "../src/readme.ts";
import { rowsOf } from "../src/rows.ts";

test.each(groups.map(({ id }) => id))("the README has a place for %s, and its plot", (id) => {
  const page = readFileSync(README, "utf8");
  expect(filled(page, id, "figures")).toContain(`<!-- bench:${id} -->\n\nfigures\n\n<!-- /bench:${id} -->`);
  expect(page).toContain(`](plots/${id}.svg)`);
});

test("what is there is replaced, and a missing place is an error", () => {
  const page = "before\n<!-- bench:calls -->\nold\n<!-- /bench:calls -->\nafter\n";
  const expected = "before\n<!-- bench:calls -->\n\nnew\n\n<!-- /bench:calls -->\nafter\n";
  expect(filled(page, "calls", "new")).toBe(expected);
  expect(() => filled(page, "mock", "new")).toThrow("README.md has no place for mock");
});

test("there is a table for each metric, and one of the goals with the scenario that is hardest to reach", () => {
  const target = { atMost: 1, timesThatOf: ["fetch"] };
  const timesOf = (scenario: string, ours: number) =>
    rowsOf({
      metric: "wall time",
      scenario,
      unit: "µs",
      values: new Map([
        ["fetch", [100]],
        ["ours", [ours]],
      ]),
      reference: "fetch",
      targets: { ours: [target] },
    });
  expect(markdown([...timesOf("one", 80), ...timesOf("many", 120)])).toBe(
    `**Wall time**

|       |             one |             many |
| ----- | --------------: | ---------------: |
| fetch |  100 µs, 1.00 × |   100 µs, 1.00 × |
| ours  | 80 µs, 0.80 × ✓ | 120 µs, 1.20 × ✗ |

**Goals**

|                 | goal           | the worst    |            |
| --------------- | -------------- | ------------ | ---------- |
| ours, wall time | ≤ 1 × of fetch | 1.20 ×: many | **missed** |`,
  );
});
