import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { interruption } from "./interruption.ts";

/** @throws CliError if stdin is not a terminal */
export function checkConfirmable(): void {
  if (process.stdin.isTTY) return;
  throw new CliError(
    "cannot ask for confirmation: stdin is not a terminal",
    "pass --yes to skip the question",
    ExitCode.usage,
  );
}

/** Asks for confirmation at a terminal. @throws CliError for any answer but yes */
export async function confirm(question: string): Promise<void> {
  checkConfirmable();
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const interrupted = new Promise<never>((_, reject) => {
    const giveUp = () =>
      reject(new CliError("interrupted; nothing was changed", "run the command again", ExitCode.interrupted));
    terminal.once("SIGINT", giveUp);
    // Ctrl-D, or the terminal was closed.
    terminal.once("close", giveUp);
    // SIGTERM and SIGHUP, which would otherwise wait for the answer.
    interruption().addEventListener("abort", () => reject(interruption().reason), { once: true });
  });
  interrupted.catch(() => {});
  try {
    const answer = await Promise.race([terminal.question(`${question} [y/N] `), interrupted]);
    if (!/^y(es)?$/i.test(answer.trim())) {
      throw new CliError("not confirmed; nothing was changed", "answer y, or pass --yes", ExitCode.usage);
    }
  } finally {
    terminal.close();
  }
}
