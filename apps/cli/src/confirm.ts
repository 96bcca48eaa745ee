import { createInterface } from "node:readline/promises";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";

/** Asks at a terminal, and goes on only after a yes. Elsewhere there is nobody to ask. @throws CliError without a yes */
export async function confirm(question: () => Promise<string>): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new CliError("nobody is there to confirm this", "add --yes if it is meant", ExitCode.usage);
  }
  const text = await question();
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const interrupted = new Promise<never>((_, reject) => {
    const error = new CliError("interrupted, so nothing was done", "run it again", ExitCode.interrupted);
    terminal.once("SIGINT", () => reject(error));
  });
  try {
    const answer = await Promise.race([terminal.question(`${text} [y/N] `), interrupted]);
    if (!/^y(es)?$/i.test(answer.trim())) {
      throw new CliError("not confirmed, so nothing was done", "answer y, or add --yes", ExitCode.usage);
    }
  } finally {
    terminal.close();
  }
}
