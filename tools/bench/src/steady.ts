import type { Rounds } from "./rounds.ts";
import { valuesOf } from "./rows.ts";

/** When the ratios of a metric need no more rounds. */
export interface Steadiness {
  readonly metric: string;
  /** The subject that the ratios are to. */
  readonly reference: string;
  /** After so many rounds at least. */
  readonly least: number;
  /** How far off each median may still be, as a share of it. */
  readonly within: number;
}

/** Whether the median ratio of every subject is known well enough: the interval that holds it in 95 of 100 cases is that narrow. */
export function isSteady(rounds: Rounds, { metric, reference, least, within }: Steadiness): boolean {
  const values = valuesOf(rounds, metric);
  const base = values.get(reference) ?? [];
  if (base.length < least) return false;
  return [...values.values()].every((each) => {
    const ratios = each.map((value, round) => value / (base[round] ?? Number.NaN)).toSorted((a, b) => a - b);
    const [lower, median, upper] = interval(ratios);
    return upper - lower <= 2 * within * median;
  });
}

/** The median, and between what it lies, by its rank alone: nothing is assumed of how the values are distributed. */
function interval(sorted: readonly number[]): [number, number, number] {
  const count = sorted.length;
  const rank = Math.max(0, Math.floor((count - 1.96 * Math.sqrt(count)) / 2) - 1);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return [at(rank), at(Math.floor(count / 2)), at(count - 1 - rank)];
}
