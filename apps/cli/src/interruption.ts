import { ExitCode } from "./exit-codes.ts";

/** The signals that end the program, with their exit codes. */
const SIGNALS = {
  SIGINT: ExitCode.interrupted,
  SIGTERM: ExitCode.terminated,
  SIGHUP: ExitCode.hungUp,
} as const;

/** The reason of an aborted call; for a write that was already sent, the `cause` of its error. */
export class Interrupted extends Error {
  override readonly name = "AbortError";
  readonly exitCode: number;

  constructor(signal: keyof typeof SIGNALS) {
    super(signal === "SIGINT" ? "interrupted" : `interrupted by ${signal}`);
    this.exitCode = SIGNALS[signal];
  }
}

let controller: AbortController | undefined;

/** A signal that aborts on Ctrl-C, SIGTERM and SIGHUP. A second one ends the program at once. */
export function interruption(): AbortSignal {
  if (!controller) {
    const created = new AbortController();
    controller = created;
    for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[])
      process.once(signal, () => created.abort(new Interrupted(signal)));
  }
  return controller.signal;
}
