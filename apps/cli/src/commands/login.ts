import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { isTrustworthy } from "../address.ts";
import { CliError } from "../cli-error.ts";
import { command, type OptionsOf } from "../command.ts";
import { writeCredentials } from "../credentials.ts";
import { ExitCode } from "../exit-codes.ts";
import { json, print, tell } from "../output.ts";

const define = () =>
  command("login", {
    description: "store the two keys for this user",
    examples: [
      "esim login",
      `printf '%s\\n' "$USER_ID" "$API_KEY" | esim login`,
      "esim login --base-url http://127.0.0.1:4010",
    ],
  });

/** `esim login`: asks for both keys at a terminal, and reads them as two lines from stdin elsewhere. */
export const login = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: OptionsOf<typeof define>): Promise<void> {
  const [userId = "", apiKey = ""] = process.stdin.isTTY ? await ask() : await readLines();
  for (const [name, key] of Object.entries({ "user ID": userId, "API key": apiKey })) {
    if (!/^[\x21-\x7e]+$/.test(key)) {
      throw new CliError(
        key ? `the ${name} holds a space or a character outside ASCII` : `the ${name} is empty`,
        "give the user ID in the first line and the API key in the second; nothing was stored",
        ExitCode.usage,
      );
    }
  }
  // The keys belong to the server that commands go to now, also where the environment names it.
  const baseUrl = options.baseUrl ?? process.env.ESIM_BASE_URL;
  if (baseUrl && !isTrustworthy(baseUrl)) {
    throw new CliError(
      "ESIM_BASE_URL is not an https address without password and query",
      "mend it; nothing was stored",
      ExitCode.usage,
    );
  }
  const file = writeCredentials({ userId, apiKey, ...(baseUrl && { baseUrl }) });
  if (options.json) await print(json({ file }));
  else tell(options, `stored in ${file}; check it with: esim doctor`);
}

function ask(): Promise<string[]> {
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
