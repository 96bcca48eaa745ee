import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { KEYS } from "@betatelltd/esim-testing";
import { onTestFinished } from "vitest";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** The program as it is published. */
export const built = here("../dist/bin.js");

/** What a run of the program came to. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Record<string, string | undefined>;
  readonly input?: string;
  /** Another copy of the program. */
  readonly program?: string;
  /** The user who runs it. */
  readonly uid?: number;
  /** Where it is run. */
  readonly cwd?: string;
  /** A file that stdout goes to, by its descriptor. */
  readonly stdout?: number;
  /** Called with the process once it runs. */
  readonly during?: (child: ChildProcess) => void;
}

/** Both keys, and a server. */
export const keysFor = (baseUrl: string): Record<string, string> => ({
  ESIM_API_KEY: KEYS.apiKey,
  ESIM_USER_ID: KEYS.userId,
  ESIM_BASE_URL: baseUrl,
});

/** Runs the built program, away from the files and variables of the person who runs the tests. */
export function esim(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return run(process.execPath, [options.program ?? built, ...args], { input: "", ...options });
}

/** A copy of the built program with nothing beside it; gone when the test ends. */
export async function installedAlone(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "esim-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  await cp(here("../dist"), join(directory, "dist"), { recursive: true });
  await cp(here("../package.json"), join(directory, "package.json"));
  return join(directory, "dist/bin.js");
}

/** Why nothing can be run at a terminal here; `undefined` where it can. Python is on nearly every machine, and has a pty. */
export const NO_TERMINAL = spawnSync("python3", ["-c", "import pty"]).status === 0 ? undefined : "no python3";
/** The system's own, where there is one: what stands in front of it elsewhere to choose a version takes longer than the test. */
const PYTHON = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
if (NO_TERMINAL) console.warn(`What happens at a terminal is not tested: ${NO_TERMINAL} on this machine.`);

export interface TerminalOptions extends RunOptions {
  readonly columns?: number;
  readonly rows?: number;
}

/** Runs it at a terminal, where everything comes out as stdout, and what `during` writes is typed. */
export async function atTerminal(
  args: readonly string[],
  { columns = 200, rows = 50, env = {}, ...options }: TerminalOptions = {},
): Promise<Run> {
  const program = [
    here("at-terminal.py"),
    `${columns}`,
    `${rows}`,
    process.execPath,
    options.program ?? built,
    ...args,
  ];
  const ran = await run(PYTHON, program, { ...options, env: { TERM: "xterm", ...env } });
  return { ...ran, stdout: ran.stdout.replaceAll("\r\n", "\n") };
}

/** What a terminal shows, without its colours. */
export function seen(text: string): string {
  // What is written over leaves nothing.
  return stripVTControlCharacters(
    text
      .split("\n")
      .map((line) => line.split("\r\u001b[K").at(-1))
      .join("\n"),
  );
}

/** Types each text once what stands before it has been printed. */
export function typing(...steps: readonly (readonly [after: string, keys: string])[]) {
  return (child: ChildProcess) => {
    const left = [...steps];
    let shown = "";
    child.stdout?.on("data", (chunk) => {
      shown += chunk;
      while (left[0] && shown.includes(left[0][0])) {
        shown = shown.slice(shown.indexOf(left[0][0]) + left[0][0].length);
        child.stdin?.write(left.shift()?.[1]);
      }
    });
  };
}

/** Without `input`, stdin stays open for `during`. */
function run(
  command: string,
  args: readonly string[],
  { env = {}, input, uid, cwd, stdout: file, during }: RunOptions,
): Promise<Run> {
  const child = spawn(command, args, {
    ...(cwd && { cwd }),
    ...(uid && { uid }),
    stdio: ["pipe", file ?? "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: "/nowhere", XDG_CONFIG_HOME: "/nowhere", TZ: "UTC", ...env },
  });
  // By these, as a character can be cut between two chunks.
  child.stdout?.setEncoding("utf8");
  child.stderr?.setEncoding("utf8");
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdin?.on("error", () => {});
  if (input !== undefined) child.stdin?.end(input);
  during?.(child);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

/** A folder for XDG_CONFIG_HOME that is gone when the test ends. */
export async function configFolder(): Promise<{ folder: string; file: string }> {
  const folder = await mkdtemp(join(tmpdir(), "esim-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { folder, file: join(folder, "esim", "credentials.json") };
}
