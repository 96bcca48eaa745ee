import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  /** The most memory it ever had, in megabytes; NaN where the system does not say. */
  peakMemory(): number;
  stop(): Promise<void>;
}

/** A server that counts what it serves. */
export interface FixedServer extends ServerProcess {
  /** What was served since this was last asked. */
  served(): Promise<Served>;
}

export interface Served {
  /** Answers with status 200. */
  readonly answers: number;
  /** Bytes of their bodies. */
  readonly bytes: number;
}

/**
 * Starts a program that prints where it listens, unless it is given a port. Its output goes into a file: to read along would cost the
 * measuring process more than the requests that it sends.
 */
export async function startServer(args: readonly string[]): Promise<ServerProcess> {
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
  const port = Number(args[args.indexOf("--port") + 1]);
  const latest = performance.now() + 30_000;
  for (;;) {
    const printed = readFileSync(log, "utf8");
    const url = port ? await listening(port) : /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
    if (url) return { url, peakMemory: () => peakOf(child.pid ?? 0), stop };
    if (!isRunning() || performance.now() > latest) {
      await stop();
      throw new Error(`the server did not start; it printed: ${printed || "nothing"}`);
    }
    await sleep(2);
  }
}

/** Starts the smallest server, with so many rows in its list. */
export async function startFixedServer(total: number): Promise<FixedServer> {
  const server = await startServer([
    fileURLToPath(new URL("fixed-server.ts", import.meta.url)),
    String(total),
  ]);
  const served = async () => (await (await fetch(`${server.url}/served`)).json()) as Served;
  return { ...server, served };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Where somebody listens on a port of 127.0.0.1; undefined where nobody does. */
function listening(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(`http://127.0.0.1:${port}`);
    });
    socket.on("error", () => resolve(undefined));
  });
}

function peakOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return Number.NaN;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]) / 1024;
}
