/** What to try after an error, from the noun that the failed call was about. */
export interface Hints {
  /** Of a write: what may have happened although its outcome is unknown, such as `the package may have been created`. */
  readonly written?: string;
  /** The command that shows whether it did. */
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
    if (typeof error === "object" && error !== null) HINTS.set(error, hints);
    throw error;
  }
}

/** The hints that an error carries. */
export function hintsOf(error: unknown): Hints {
  return HINTS.get(Object(error)) ?? {};
}
