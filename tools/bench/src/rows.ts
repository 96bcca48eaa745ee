import { type Goal, judge, type Target } from "./goals.ts";
import type { Rounds } from "./rounds.ts";
import { inRound, type Sample, sample } from "./sample.ts";

/** One figure of one subject. */
export interface Row {
  /** What was measured, such as `wall time`. */
  readonly metric: string;
  /** What was done, such as `getPackage, one after the other`. */
  readonly scenario: string;
  /** Who did it. */
  readonly subject: string;
  readonly unit: string;
  readonly sample: Sample;
  readonly rounds: number;
  /** Ratios to the subject that others are compared with, taken within each round. */
  readonly ratio?: Sample | undefined;
  readonly goals: readonly Goal[];
}

/** What the rows of a metric in a scenario are made from. */
export interface Measured {
  readonly metric: string;
  readonly scenario: string;
  readonly unit: string;
  /** What each subject gave, round by round. */
  readonly values: ReadonlyMap<string, readonly number[]>;
  /** The subject that others are compared with. */
  readonly reference?: string | undefined;
  readonly targets?: Readonly<Record<string, readonly Target[]>> | undefined;
}

export function rowsOf({ metric, scenario, unit, values, reference, targets = {} }: Measured): Row[] {
  const base = reference === undefined ? undefined : values.get(reference);
  return [...values].map(([subject, each]) => ({
    metric,
    scenario,
    subject,
    unit,
    sample: sample(each),
    rounds: each.length,
    ratio: base && inRound(each, base, (value, beside) => value / beside),
    goals: (targets[subject] ?? []).map((target) => judge(target, subject, values, unit)),
  }));
}

/** One metric of all subjects. */
export function valuesOf(rounds: Rounds, metric: string): Map<string, number[]> {
  return new Map(
    [...rounds].map(([subject, all]) => [subject, all.map((each) => each[metric] ?? Number.NaN)]),
  );
}
