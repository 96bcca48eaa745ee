import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { Interrupted, interruption } from "./interruption.ts";
import { OutputError } from "./output.ts";

/**
 * Prints what a write has brought. Where that cannot be written, the error says that it has happened all the same.
 * @param what what has happened, such as `created pkg_1`
 * @throws CliError naming the command that shows it
 */
export async function reportWritten(what: string, lookUp: string, printing: Promise<void>): Promise<void> {
  try {
    await orInterrupted(printing);
  } catch (error) {
    if (!(error instanceof OutputError || error instanceof Interrupted)) throw error;
    throw new CliError(
      `${what}, but ${error.message}`,
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
