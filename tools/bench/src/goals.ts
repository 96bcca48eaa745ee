import { figure } from "./figure.ts";
import { inRound, sample } from "./sample.ts";

/** What a subject is to reach: a limit, of its own figure or of that figure beside another subject's. */
export interface Target {
  /** The limit, and which side of it is good. */
  readonly atMost?: number;
  readonly atLeast?: number;
  /** The limit is one of ratios to each of these. */
  readonly timesThatOf?: readonly string[];
  /** The limit is one of the difference to this one. */
  readonly over?: string;
  /** What to call the others, if not by their names. */
  readonly called?: string;
}

/** A target, and what became of it. */
export interface Goal {
  readonly text: string;
  readonly value: number;
  /** The value as a reader sees it. */
  readonly reached: string;
  readonly isMet: boolean;
}

/** Compares what a subject gave in each round with a target. Of several subjects to compare it with, the hardest to beat counts. */
export function judge(
  target: Target,
  subject: string,
  values: ReadonlyMap<string, readonly number[]>,
  unit: string,
): Goal {
  const { atMost, atLeast, timesThatOf, over, called } = target;
  const limit = atMost ?? atLeast ?? Number.NaN;
  const sign = atMost === undefined ? "≥" : "≤";
  const isMet = (value: number) => (atMost === undefined ? value >= limit : value <= limit);
  const of = (name: string) => values.get(name) ?? [];
  if (over !== undefined) {
    const { median } = inRound(of(subject), of(over), (value, reference) => value - reference);
    const text = `${sign} ${limit} ${unit} over ${called ?? over}`;
    return { text, value: median, reached: `${figure(median)} ${unit}`, isMet: isMet(median) };
  }
  if (timesThatOf) {
    const ratios = timesThatOf.map((name) => ({
      name,
      value: inRound(of(subject), of(name), (value, reference) => value / reference).median,
    }));
    ratios.sort((a, b) => (atMost === undefined ? a.value - b.value : b.value - a.value));
    const [worst = { name: "", value: Number.NaN }] = ratios;
    const beside = ratios.length > 1 ? ` (${worst.name})` : "";
    const text = `${sign} ${limit} × of ${called ?? timesThatOf.join(", ")}`;
    return {
      text,
      value: worst.value,
      reached: `${worst.value.toFixed(2)} ×${beside}`,
      isMet: isMet(worst.value),
    };
  }
  const { median } = sample(of(subject));
  return {
    text: `${sign} ${limit} ${unit}`,
    value: median,
    reached: `${figure(median)} ${unit}`,
    isMet: isMet(median),
  };
}
