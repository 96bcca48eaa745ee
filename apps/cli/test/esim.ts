import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { KEYS } from "@betatelltd/esim-testing";
import { onTestFinished } from "vitest";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const built = here("../dist/bin.js");

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
  /** Called with the process once it runs. */
  readonly during?: (child: ChildProcess) => void;
}

/** Both keys, and a server. */
export const keysFor = (baseUrl: string): Record<string, string> => ({
  ESIM_API_KEY: KEYS.apiKey,
  ESIM_USER_ID: KEYS.userId,
  ESIM_BASE_URL: baseUrl,
});

/** Runs the built program, away from the files and variables of whoever runs the tests. */
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

/** Runs it at a terminal, where everything comes out as stdout, and what `during` writes is typed. */
export function atTerminal(
  args: readonly string[],
  { columns = 200, env = {}, ...options }: RunOptions & { readonly columns?: number } = {},
): Promise<Run> {
  const command = [process.execPath, built, ...args].map((word) => `'${word}'`).join(" ");
  return run("script", ["-qec", `stty cols ${columns}; ${command}`, "/dev/null"], {
    ...options,
    env: { TERM: "xterm", SHELL: "/bin/sh", ...env },
  });
}

/** Without `input`, stdin stays open for `during`. */
function run(
  command: string,
  args: readonly string[],
  { env = {}, input, during }: RunOptions,
): Promise<Run> {
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, HOME: "/nowhere", XDG_CONFIG_HOME: "/nowhere", TZ: "UTC", ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdin.on("error", () => {});
  if (input !== undefined) child.stdin.end(input);
  during?.(child);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

/** A folder for XDG_CONFIG_HOME that is gone when the test ends. */
export async function configFolder(): Promise<{ folder: string; file: string }> {
  const folder = await mkdtemp(join(tmpdir(), "esim-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { folder, file: join(folder, "esim", "credentials.json") };
}
