import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";

/** Reads the user ID and the API key: asks at a terminal, otherwise takes two lines from stdin. @throws CliError when interrupted */
export async function readKeys(): Promise<string[]> {
  return process.stdin.isTTY ? ask() : readLines();
}

async function ask(): Promise<string[]> {
  const [{ createInterface }, { Writable }] = await Promise.all([
    import("node:readline"),
    import("node:stream"),
  ]);
  let isHidden = false;
  // Readline echoes through its output, so the API key is filtered out here.
  const output = new Writable({
    write(chunk, _, done) {
      if (!isHidden) process.stderr.write(chunk);
      done();
    },
  });
  const terminal = createInterface({ input: process.stdin, output, terminal: true, prompt: "User ID: " });
  const answers: string[] = [];
  return new Promise<string[]>((resolve, reject) => {
    const giveUp = () =>
      reject(new CliError("interrupted; nothing was stored", "run `esim login` again", ExitCode.interrupted));
    terminal.on("SIGINT", giveUp);
    terminal.on("close", giveUp);
    // Not two separate questions: when both lines are pasted at once, the second arrives before it is asked for.
    terminal.on("line", (line) => {
      answers.push(line.trim());
      if (answers.length === 2) resolve(answers);
      if (isHidden) return;
      process.stderr.write("API key (not shown): ");
      isHidden = true;
    });
    terminal.prompt();
  }).finally(() => {
    terminal.close();
    process.stderr.write("\n");
  });
}

async function readLines(): Promise<string[]> {
  let text = "";
  for await (const chunk of process.stdin) text += chunk;
  return text.split(/\r?\n/).map((line) => line.trim());
}
