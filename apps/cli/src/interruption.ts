import { ExitCode } from "./exit-codes.ts";

/** The signals that ask a program to end. */
const SIGNALS = {
  SIGINT: ExitCode.interrupted,
  SIGTERM: ExitCode.terminated,
  SIGHUP: ExitCode.hungUp,
} as const;

/** What the calls that a signal aborts reject with, or, of a write that was sent, what they have as their `cause`. */
export class Interrupted extends Error {
  override readonly name = "AbortError";
  readonly exitCode: number;

  constructor(signal: keyof typeof SIGNALS) {
    super(signal === "SIGINT" ? "interrupted" : `interrupted by ${signal}`);
    this.exitCode = SIGNALS[signal];
  }
}

let controller: AbortController | undefined;

/** Aborts at Ctrl-C, and when the program is asked to end. A second signal ends the program at once. */
export function interruption(): AbortSignal {
  if (!controller) {
    const made = new AbortController();
    controller = made;
    for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[])
      process.once(signal, () => made.abort(new Interrupted(signal)));
  }
  return controller.signal;
}
