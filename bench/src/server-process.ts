import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  /** The most memory it ever had, in megabytes; NaN where the system does not tell. */
  peakMemory(): number;
  stop(): Promise<void>;
}

/**
 * Starts a program that says on stdout or stderr where it listens.
 *
 * @param ready the URL that it says, if that is not the first one
 */
export async function startServer(
  args: readonly string[],
  ready = /http:\/\/127\.0\.0\.1:\d+/,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const url = await saidBy(child, ready);
  // It goes on talking, and must not wait for somebody to listen.
  child.stdout.resume();
  child.stderr.resume();
  return {
    url,
    peakMemory: () => peakOf(child.pid ?? 0),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, "exit");
    },
  };
}

/** Starts the smallest server, with so many rows in its list. */
export function startFixedServer(total: number): Promise<ServerProcess> {
  return startServer([fileURLToPath(new URL("fixed-server.ts", import.meta.url)), String(total)]);
}

function saidBy({ stdout, stderr }: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    for (const stream of [stdout, stderr]) {
      stream?.on("data", (chunk) => {
        said += chunk;
        const [url] = ready.exec(said) ?? [];
        if (url) resolve(url);
      });
      stream?.on("end", () => reject(new Error(`no server came up; it said: ${said || "nothing"}`)));
    }
  });
}

function peakOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return Number.NaN;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]) / 1024;
}
