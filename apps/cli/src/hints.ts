/** What to try after an error, supplied by the command that made the call. */
export interface Hints {
  /** For a write with an unknown outcome: what may have happened, such as `the package may have been created`. */
  readonly written?: string;
  /** The command that shows whether it happened. */
  readonly lookUp?: string;
  /** Hints by HTTP status. */
  readonly byStatus?: Readonly<Record<number, string>>;
}

const HINTS = new WeakMap<object, Hints>();

/** Attaches hints for `reportError` to the error of a call. @throws what the call throws */
export async function withHints<Result>(hints: Hints, call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (typeof error === "object" && error !== null) HINTS.set(error, hints);
    throw error;
  }
}

/** The hints attached to an error. */
export function hintsOf(error: unknown): Hints {
  return HINTS.get(Object(error)) ?? {};
}
