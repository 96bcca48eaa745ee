import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { Interrupted, interruption } from "./interruption.ts";

/**
 * Prints the result of a write. If printing fails, the error says that the write succeeded, so that nobody repeats it.
 * @param what what was done, such as `created pkg_1`
 * @throws CliError with the command that shows the result
 */
export async function reportWritten(what: string, lookUp: string, print: () => Promise<void>): Promise<void> {
  try {
    await orInterrupted(print());
  } catch (error) {
    throw new CliError(
      `${what}, but ${error instanceof Error ? error.message : error}`,
      `the request succeeded: do not repeat it, and see the result with \`${lookUp}\``,
      error instanceof Interrupted ? error.exitCode : ExitCode.unexpected,
    );
  }
}

/** Rejects when interrupted: a full pipe without a reader would block forever. */
function orInterrupted(printing: Promise<void>): Promise<void> {
  const signal = interruption();
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp);
    printing.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
