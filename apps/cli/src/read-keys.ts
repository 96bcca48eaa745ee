import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";

/** The user ID and the API key: asked for at a terminal, and two lines of stdin elsewhere. @throws CliError when interrupted */
export async function readKeys(): Promise<string[]> {
  return process.stdin.isTTY ? ask() : readLines();
}

async function ask(): Promise<string[]> {
  const [{ createInterface }, { Writable }] = await Promise.all([
    import("node:readline"),
    import("node:stream"),
  ]);
  let hidden = false;
  // Readline echoes through its output, so what must not be seen is not let through.
  const output = new Writable({
    write(chunk, _, done) {
      if (!hidden) process.stderr.write(chunk);
      done();
    },
  });
  const terminal = createInterface({ input: process.stdin, output, terminal: true, prompt: "User ID: " });
  const answers: string[] = [];
  return new Promise<string[]>((resolve, reject) => {
    const giveUp = () =>
      reject(
        new CliError("interrupted, so nothing was stored", "run `esim login` again", ExitCode.interrupted),
      );
    terminal.on("SIGINT", giveUp);
    terminal.on("close", giveUp);
    // Not one question after the other: of two lines that are pasted at once, the second comes before it is asked for.
    terminal.on("line", (line) => {
      answers.push(line.trim());
      if (answers.length === 2) resolve(answers);
      if (hidden) return;
      process.stderr.write("API key (not shown): ");
      hidden = true;
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
