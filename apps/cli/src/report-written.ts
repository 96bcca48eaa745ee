import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { OutputError } from "./output.ts";

/**
 * Prints what a write has brought. Where that cannot be written, the error says that it has happened all the same.
 * @param what what has happened, such as `created pkg_1`
 * @throws CliError naming the command that shows it
 */
export async function reportWritten(what: string, lookUp: string, printing: Promise<void>): Promise<void> {
  try {
    await printing;
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    throw new CliError(
      `${what}, but ${error.message}`,
      `it has happened: see it with \`${lookUp}\`, and do not repeat it`,
      ExitCode.unexpected,
    );
  }
}
