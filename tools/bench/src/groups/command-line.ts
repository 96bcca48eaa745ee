import { fileURLToPath } from "node:url";
import { headers, keys } from "../clients/reader.ts";
import { buildGoProgram } from "../command-line/go-program.ts";
import { fixedPage, idOf } from "../fixed-rows.ts";
import type { Target } from "../goals.ts";
import type { Group } from "../group.ts";
import { type Figures, interleave } from "../rounds.ts";
import { rowsOf, valuesOf } from "../rows.ts";
import { type FixedServer, startFixedServer } from "../server-process.ts";
import { spawnTime } from "../spawn-time.ts";

/** A command, and how one sees that it did what it is measured for. */
interface Command {
  /** This Node, unless given. */
  readonly program?: string;
  readonly args: readonly string[];
  readonly prints: RegExp;
  /** Lists that it asks the server for. */
  readonly lists: number;
}

const TOTAL = 20;
const ROUNDS = 21;
const WALL = "wall time";
const BARE = "node -e 0";
const esim = fileURLToPath(new URL("../../node_modules/@betatelltd/esim-cli/dist/bin.js", import.meta.url));
const lastRow = new RegExp(idOf(TOTAL - 1));

const commands: Readonly<Record<string, Command>> = {
  [BARE]: { args: ["-e", "0"], prints: /^$/, lists: 0 },
  "esim --version": { args: [esim, "--version"], prints: /^\d+\.\d+\.\d+/, lists: 0 },
  "esim packages list, 20 rows": { args: [esim, "packages", "list"], prints: lastRow, lists: 1 },
  // Most of what a list costs is the first request of a process, and not the command.
  "node, a fetch of the same list": {
    args: [
      "--input-type=module",
      "-e",
      `const answer = await fetch(process.env.ESIM_BASE_URL + "/packages", { headers: ${JSON.stringify(headers)} });
      console.log((await answer.json()).packages.at(-1).id)`,
    ],
    prints: lastRow,
    lists: 1,
  },
};
/** The same in a language whose programs start at once. */
const inGo = (program: string): Readonly<Record<string, Command>> => ({
  "a program in Go, --version": { program, args: ["--version"], prints: /^\d+\.\d+\.\d+/, lists: 0 },
  "a program in Go, the same list": { program, args: ["list"], prints: lastRow, lists: 1 },
});
const targets: Readonly<Record<string, readonly Target[]>> = {
  "esim --version": [{ atMost: 1.5, timesThatOf: [BARE] }],
  "esim packages list, 20 rows": [{ atMost: 2, timesThatOf: [BARE] }],
};

export const commandLine: Group = {
  id: "command-line",
  title: "What a command costs",
  about: "From the start of the process to its end. Ratios are to a Node that does nothing.",
  plotted: WALL,
  async run({ rounds }) {
    const go = buildGoProgram();
    if (!go) console.log("There is no Go on this machine, so the program in Go is left out.");
    const subjects = { ...commands, ...(go && inGo(go.program)) };
    const server = await startFixedServer(TOTAL);
    const env = {
      ...process.env,
      ESIM_BASE_URL: server.url,
      ESIM_API_KEY: keys.apiKey,
      ESIM_USER_ID: keys.userId,
    };
    try {
      const measured = await interleave(subjects, rounds(ROUNDS), (command) => measure(command, env, server));
      const values = valuesOf(measured, WALL);
      return rowsOf({
        metric: WALL,
        scenario: "the whole process",
        unit: "ms",
        values,
        reference: BARE,
        targets,
      });
    } finally {
      await server.stop();
      go?.remove();
    }
  },
};

async function measure(
  { program, args, prints, lists }: Command,
  env: NodeJS.ProcessEnv,
  server: FixedServer,
): Promise<Figures> {
  await server.served();
  const { milliseconds, stdout } = await spawnTime(args, { env, ...(program && { program }) });
  const { answers, bytes } = await server.served();
  if (!prints.test(stdout)) throw new Error(`${args.join(" ")} printed ${stdout.slice(0, 400)}`);
  if (answers !== lists || bytes !== lists * JSON.stringify(fixedPage(TOTAL, TOTAL, 0)).length)
    throw new Error(`${args.join(" ")} got ${answers} answers of ${bytes} bytes`);
  return { [WALL]: milliseconds };
}
