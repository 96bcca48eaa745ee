/** What several rounds gave. */
export interface Sample {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function sample(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { median: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1) };
}

/** What two subjects gave, combined within each round: whatever slowed a round down hit both of them. */
export function inRound(
  values: readonly number[],
  reference: readonly number[],
  combine: (value: number, reference: number) => number,
): Sample {
  return sample(values.map((value, round) => combine(value, reference[round] ?? Number.NaN)));
}
