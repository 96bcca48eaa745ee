import { type ChildProcess, spawn } from "node:child_process";
import { basename } from "node:path";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string | undefined>;
  /** In milliseconds. */
  readonly timeout?: number;
}

export interface Ran {
  /** Whether it ended by itself, and successfully. */
  readonly ok: boolean;
  /** Everything that it printed. */
  readonly output: string;
}

/** A running program. */
export interface Started {
  /** Everything that it has printed so far. */
  output(): string;
  /** Resolves to the exit code; `null` if a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Ends it, with everything that it has started. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Only the environment that a program needs to run: the caller's proxies, keys and flags must not affect the tests.
 */
export function bareEnvironment(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG, NO_COLOR: "1", DO_NOT_TRACK: "1" };
}

/** The caller's environment, with its access to the registry, but without paths to the workspace's modules. */
export function installEnvironment(): Record<string, string | undefined> {
  return { ...process.env, NODE_PATH: undefined, NO_COLOR: "1", FORCE_COLOR: undefined };
}

const running = new Set<Started>();

/** Starts a program and collects its output. */
export function start(
  file: string,
  args: readonly string[],
  { cwd, env = bareEnvironment() }: RunOptions = {},
): Started {
  // In its own process group, so that it can be ended with everything that it has started.
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => printed.push(chunk));
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", resolve);
    child.on("error", (error) => {
      printed.push(Buffer.from(`${error}`));
      resolve(1);
    });
  });
  const started: Started = {
    output: () => Buffer.concat(printed).toString(),
    ended,
    async end(signal = "SIGTERM") {
      endGroup(child, signal);
      await ended;
    },
  };
  running.add(started);
  ended.then(() => running.delete(started));
  return started;
}

function endGroup({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  // Only while it is running: its ID may be reused later.
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
}

/** Ends every program that is still running. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((each) => each.end("SIGKILL")));
}

/** Runs a program to its end, or ends it when its time is up. */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { timeout = 120_000 } = options;
  const started = start(file, args, options);
  const timer = setTimeout(() => started.end("SIGKILL"), timeout);
  const code = await started.ended;
  clearTimeout(timer);
  const late = code === null ? `\n${basename(file)} ${args.join(" ")} did not end in ${timeout} ms` : "";
  return { ok: code === 0, output: started.output() + late };
}

/** The same, for programs that the harness itself depends on. @throws an error with everything that it printed */
export async function must(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { ok, output } = await run(file, args, { timeout: 600_000, ...options });
  if (!ok) throw new Error(`${file} ${args.join(" ")} failed\n${output}`);
  return output;
}
