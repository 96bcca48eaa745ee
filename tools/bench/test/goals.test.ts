import { expect, test } from "vitest";
import { judge } from "../src/goals.ts";
import { interleave } from "../src/rounds.ts";
import { rowsOf, valuesOf } from "../src/rows.ts";
import { isSteady } from "../src/steady.ts";

// The machine was three times as slow in the last two rounds, for all of them.
const values = new Map([
  ["fetch", [100, 100, 300, 300, 100]],
  ["ours", [80, 80, 240, 240, 240]],
  ["ky", [160, 160, 480, 480, 160]],
]);

test("a ratio is the median of those within a round, not that of the medians", () => {
  const rows = rowsOf({ metric: "time", scenario: "a call", unit: "µs", values, reference: "fetch" });
  const ours = rows.find(({ subject }) => subject === "ours");
  // The ratio of the medians would be 2.4.
  expect(ours?.sample.median).toBe(240);
  expect(ours?.ratio).toEqual({ median: 0.8, min: 0.8, max: 2.4 });
});

test("a goal is compared with the median ratio", () => {
  const target = { atMost: 0.85, timesThatOf: ["fetch"] };
  expect(judge(target, "ours", values, "µs")).toEqual({
    text: "≤ 0.85 × of fetch",
    value: 0.8,
    reached: "0.80 ×",
    isMet: true,
  });
  expect(judge({ ...target, atMost: 0.75 }, "ours", values, "µs").isMet).toBe(false);
});

test("of several peers the fastest counts", () => {
  const goal = judge({ atMost: 1, timesThatOf: ["ky", "fetch"], called: "every peer" }, "ours", values, "µs");
  expect(goal).toMatchObject({ text: "≤ 1 × of every peer", reached: "0.80 × (fetch)", isMet: true });
  const more = judge({ atLeast: 0.6, timesThatOf: ["ky", "fetch"] }, "ours", values, "rows/s");
  expect(more).toMatchObject({ text: "≥ 0.6 × of ky, fetch", reached: "0.50 × (ky)", isMet: false });
});

test("a goal can be a value, or a difference within a round", () => {
  expect(judge({ atMost: 240 }, "ours", values, "µs")).toMatchObject({ text: "≤ 240 µs", isMet: true });
  const over = judge({ atMost: -10, over: "fetch" }, "ours", values, "µs");
  expect(over).toMatchObject({ text: "≤ -10 µs over fetch", value: -20, isMet: true });
});

test("every subject is measured once a round, after one that does not count, and none always first", async () => {
  const order: string[] = [];
  const rounds = await interleave({ a: "a", b: "b", c: "c" }, 5, async (subject) => {
    order.push(subject);
    return { turn: order.length };
  });
  expect(valuesOf(rounds, "turn").get("a")).toHaveLength(5);
  const firsts = order.filter((_, index) => index % 3 === 0);
  expect(new Set(firsts)).toEqual(new Set(["a", "b", "c"]));
  for (let round = 0; round < 6; round++)
    expect(order.slice(round * 3, round * 3 + 3).toSorted()).toEqual(["a", "b", "c"]);
});

test("rounds end early where ratios hardly vary, and not before there are enough", () => {
  const rounds = (count: number, spread: number) =>
    new Map([
      ["fetch", Array.from({ length: count }, () => ({ time: 100 }))],
      ["ours", Array.from({ length: count }, (_, round) => ({ time: 80 + spread * (round % 5) }))],
    ]);
  const steadiness = { metric: "time", reference: "fetch", least: 11, within: 0.02 };
  expect(isSteady(rounds(11, 0.1), steadiness)).toBe(true);
  expect(isSteady(rounds(10, 0.1), steadiness)).toBe(false);
  expect(isSteady(rounds(11, 5), steadiness)).toBe(false);
  expect(isSteady(rounds(200, 1), steadiness)).toBe(true);
});

test("a measurement ends when it has enough, and needs no round to warm up", async () => {
  let measured = 0;
  const isEnough = (figures: ReadonlyMap<string, readonly object[]>) => figures.get("a")?.length === 3;
  await interleave({ a: "a" }, 9, async () => ({ turn: measured++ }), { isEnough, warmsUp: false });
  expect(measured).toBe(3);
});
