import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { interruption } from "./interruption.ts";

/** @throws CliError where there is nobody to ask */
export function checkConfirmable(): void {
  if (process.stdin.isTTY) return;
  throw new CliError(
    "cannot ask for confirmation: stdin is not a terminal",
    "pass --yes to skip the question",
    ExitCode.usage,
  );
}

/** Asks at a terminal, and goes on only after a yes. @throws CliError without one */
export async function confirm(question: string): Promise<void> {
  checkConfirmable();
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const interrupted = new Promise<never>((_, reject) => {
    const giveUp = () =>
      reject(new CliError("interrupted, so nothing was done", "run it again", ExitCode.interrupted));
    terminal.once("SIGINT", giveUp);
    // Ctrl-D, or a terminal that is gone.
    terminal.once("close", giveUp);
    // SIGTERM and SIGHUP, which would else be waited out.
    interruption().addEventListener("abort", () => reject(interruption().reason), { once: true });
  });
  interrupted.catch(() => {});
  try {
    const answer = await Promise.race([terminal.question(`${question} [y/N] `), interrupted]);
    if (!/^y(es)?$/i.test(answer.trim())) {
      throw new CliError("not confirmed, so nothing was done", "answer y, or pass --yes", ExitCode.usage);
    }
  } finally {
    terminal.close();
  }
}
