/** What to try after an error, from the noun that the failed call was about. */
export interface Hints {
  /** The command that shows what became of a write whose outcome is unknown. */
  readonly lookUp?: string;
  /** By HTTP status. */
  readonly byStatus?: Readonly<Record<number, string>>;
}

const HINTS = new WeakMap<object, Hints>();

/** Lets the error of a call carry hints for `reportError`. @throws whatever the call throws */
export async function withHints<Result>(hints: Hints, call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error) HINTS.set(error, hints);
    throw error;
  }
}

/** The hints that an error carries. */
export function hintsOf(error: unknown): Hints {
  return HINTS.get(Object(error)) ?? {};
}
