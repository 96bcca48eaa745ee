/** What one measurement gave, by metric. */
export type Figures = Readonly<Record<string, number>>;

/** The figures of each subject, round by round. */
export type Rounds = ReadonlyMap<string, readonly Figures[]>;

export interface RoundOptions {
  /** Asked after each round, whether the rest can be left out. */
  readonly isEnough?: ((rounds: Rounds) => boolean) | undefined;
  /** Whether one more round goes before, which does not count. */
  readonly warmsUp?: boolean;
}

/**
 * Measures every subject once a round, in an order that rotates from round to round and is reversed in every other one: what the machine
 * does meanwhile hits all of them, and none always comes first, or always after the same one.
 */
export async function interleave<Subject>(
  subjects: Readonly<Record<string, Subject>>,
  rounds: number,
  measure: (subject: Subject) => Promise<Figures>,
  { isEnough = () => false, warmsUp = true }: RoundOptions = {},
): Promise<Rounds> {
  const names = Object.keys(subjects);
  const figures = new Map<string, Figures[]>(names.map((name) => [name, []]));
  for (let round = warmsUp ? 0 : 1; round <= rounds; round++) {
    const order = names.map((_, turn) => names[(turn + round) % names.length] as string);
    for (const name of round % 2 ? order : order.toReversed()) {
      const measured = await measure(subjects[name] as Subject);
      if (round > 0) figures.get(name)?.push(measured);
    }
    if (round > 0 && isEnough(figures)) break;
  }
  return figures;
}
