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
/** The built program. */
export const built = here("../dist/bin.js");

/** The result of a run. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Record<string, string | undefined>;
  readonly input?: string;
  /** Another copy of the program to run. */
  readonly program?: string;
  /** The user to run it as. */
  readonly uid?: number;
  /** The working directory. */
  readonly cwd?: string;
  /** A file descriptor for stdout. */
  readonly stdout?: number;
  /** Called with the running process. */
  readonly during?: (child: ChildProcess) => void;
}

/** Environment variables for both keys and a server. */
export const keysFor = (baseUrl: string): Record<string, string> => ({
  ESIM_API_KEY: KEYS.apiKey,
  ESIM_USER_ID: KEYS.userId,
  ESIM_BASE_URL: baseUrl,
});

/** Runs the built program, isolated from the user's own files and variables. */
export function esim(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return run(process.execPath, [options.program ?? built, ...args], { input: "", ...options });
}

/** A copy of the built program without other packages; removed when the test ends. */
export async function installedAlone(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "esim-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  await cp(here("../dist"), join(directory, "dist"), { recursive: true });
  await cp(here("../package.json"), join(directory, "package.json"));
  return join(directory, "dist/bin.js");
}

/** Why terminal tests cannot run here; `undefined` if they can. They use Python, which most machines have, for a pty. */
export const NO_TERMINAL = spawnSync("python3", ["-c", "import pty"]).status === 0 ? undefined : "no python3";
/** The system's Python if there is one: version managers' wrappers take longer than the test. */
const PYTHON = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
if (NO_TERMINAL) console.warn(`Skipping terminal tests: ${NO_TERMINAL} on this machine.`);

export interface TerminalOptions extends RunOptions {
  readonly columns?: number;
  readonly rows?: number;
}

/** Runs it at a terminal: stdout and stderr are one, and input from `during` is typed. */
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

/** The text that a terminal shows, without colours. */
export function seen(text: string): string {
  // Overwritten lines disappear.
  return stripVTControlCharacters(
    text
      .split("\n")
      .map((line) => line.split("\r\u001b[K").at(-1))
      .join("\n"),
  );
}

/** Types each text after the text before it has been printed. */
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
  let stdout = "";
  let stderr = "";
  // Characters may be split between chunks.
  child.stdout?.setEncoding("utf8");
  child.stderr?.setEncoding("utf8");
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

/** A folder for XDG_CONFIG_HOME, removed when the test ends. */
export async function configFolder(): Promise<{ folder: string; file: string }> {
  const folder = await mkdtemp(join(tmpdir(), "esim-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { folder, file: join(folder, "esim", "credentials.json") };
}
