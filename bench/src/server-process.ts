import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  /** The most memory it ever had, in megabytes; NaN where the system does not tell. */
  peakMemory(): number;
  stop(): Promise<void>;
}

/**
 * Starts a program that says on stdout or stderr where it listens. What it says goes into a file: to read along would cost the
 * measuring process more than the requests that it sends.
 *
 * @param ready the URL that it says, if that is not the first one
 */
export async function startServer(
  args: readonly string[],
  ready = /http:\/\/127\.0\.0\.1:\d+/,
): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), "esim-bench-server-"));
  const log = join(folder, "log");
  const output = openSync(log, "w");
  const child = spawn(process.execPath, args, { stdio: ["ignore", output, output] });
  closeSync(output);
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const stop = async () => {
    if (isRunning()) {
      child.kill();
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true });
  };
  for (;;) {
    const said = readFileSync(log, "utf8");
    const [url] = ready.exec(said) ?? [];
    if (url) return { url, peakMemory: () => peakOf(child.pid ?? 0), stop };
    if (!isRunning()) {
      await stop();
      throw new Error(`no server came up; it said: ${said || "nothing"}`);
    }
    await sleep(2);
  }
}

/** Starts the smallest server, with so many rows in its list. */
export function startFixedServer(total: number): Promise<ServerProcess> {
  return startServer([fileURLToPath(new URL("fixed-server.ts", import.meta.url)), String(total)]);
}

function peakOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return Number.NaN;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]) / 1024;
}
