/** What several rounds gave. */
export interface Sample {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** What a goal says of a figure, and whether it was reached. */
export interface Goal {
  readonly text: string;
  readonly met: boolean;
}

/** One figure of one subject. */
export interface Row {
  /** What was done, such as `getPackage, one after the other`. */
  readonly scenario: string;
  /** Who did it. */
  readonly subject: string;
  readonly unit: string;
  readonly sample: Sample;
  /** Ratio of the medians to that of the subject which others are compared with. */
  readonly ratio?: number | undefined;
  readonly goal?: Goal | undefined;
}

/** Rounds that count. One more goes before, to warm up. */
export const rounds = 7;

export function sample(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { median: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1) };
}

/**
 * Measures every subject once a round, in an order that turns from round to round, and goes backwards in every other one: what the machine
 * does meanwhile hits all of them, and nobody always comes first, or always after the same one.
 */
export async function interleave<Subject>(
  subjects: Readonly<Record<string, Subject>>,
  measure: (subject: Subject) => Promise<number>,
  times = rounds,
): Promise<Map<string, Sample>> {
  const names = Object.keys(subjects);
  const values = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= times; round++) {
    const order = names.map((_, turn) => names[(turn + round) % names.length] as string);
    for (const name of round % 2 ? order : order.toReversed()) {
      const value = await measure(subjects[name] as Subject);
      if (round > 0) values.get(name)?.push(value);
    }
  }
  return new Map([...values].map(([name, all]) => [name, sample(all)]));
}

/** What a row is to reach, by subject: a limit of its ratio, or of its median. */
export type Goals = Readonly<Record<string, { ratio?: number; value?: number; atLeast?: boolean }>>;

/** Makes rows of samples, compared with one of the subjects. */
export function rowsOf(
  scenario: string,
  unit: string,
  samples: ReadonlyMap<string, Sample>,
  reference?: string,
  goals: Goals = {},
): Row[] {
  const base = reference === undefined ? undefined : samples.get(reference)?.median;
  return [...samples].map(([subject, each]) => {
    const ratio = base === undefined ? undefined : each.median / base;
    return { scenario, subject, unit, sample: each, ratio, goal: goalOf(goals[subject], each.median, ratio) };
  });
}

function goalOf(goal: Goals[string] | undefined, value: number, ratio: number | undefined): Goal | undefined {
  if (!goal) return undefined;
  const [figure, limit, suffix] =
    goal.ratio === undefined ? [value, goal.value ?? 0, ""] : [ratio ?? Number.NaN, goal.ratio, " ×"];
  const met = goal.atLeast ? figure >= limit : figure <= limit;
  return { text: `${goal.atLeast ? "≥" : "≤"} ${limit}${suffix}`, met };
}
