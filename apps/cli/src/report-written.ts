import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { Interrupted, interruption } from "./interruption.ts";

/**
 * Prints what a write has brought. Where that fails, for whatever reason, the error says that it has happened all the same: a person who reads
 * of another failure would do it again.
 * @param what what has happened, such as `created pkg_1`
 * @throws CliError naming the command that shows it
 */
export async function reportWritten(what: string, lookUp: string, print: () => Promise<void>): Promise<void> {
  try {
    await orInterrupted(print());
  } catch (error) {
    throw new CliError(
      `${what}, but ${error instanceof Error ? error.message : error}`,
      `it has happened: see it with \`${lookUp}\`, and do not repeat it`,
      error instanceof Interrupted ? error.exitCode : ExitCode.unexpected,
    );
  }
}

/** A full pipe that nobody reads never takes what is printed. */
function orInterrupted(printing: Promise<void>): Promise<void> {
  const signal = interruption();
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp);
    printing.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
