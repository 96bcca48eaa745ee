import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";
import { account, iccids, keys, TEMPLATE } from "./account.ts";

const program = fileURLToPath(new URL("bin.js", import.meta.resolve("@betatelltd/esim-mock")));
const WORKERS = 8;

export interface KillReport {
  /** How often the mock was ended by SIGKILL. */
  readonly kills: number;
  /** Purchases that were answered with 201 before. */
  readonly acknowledged: number;
  /** Those of them that were not there after a restart. Has to be empty. */
  readonly lost: readonly string[];
}

/**
 * Ends a mock that keeps its state in a file while eight callers write to it, starts it again, and looks whether what it had acknowledged is
 * there. All on the same file.
 *
 * @param perLife how many purchases are acknowledged before each end
 */
export async function killing(kills: number, perLife: number): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), "esim-kill-"));
  // At the end of each life a worker can lose the call it is in, and the next one that it begins.
  const sims = iccids(kills * (perLife + 3 * WORKERS));
  writeFileSync(join(folder, "seed.json"), JSON.stringify(await account(sims)));
  const free = sims.values();
  const acknowledged: string[] = [];
  let running: ChildProcess | undefined;
  const start = async () => {
    const files = ["--state", join(folder, "state.db"), "--seed", join(folder, "seed.json")];
    const args = [program, "--port", "0", "--stateful", "--log-level", "silent", ...files];
    running = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const stdout = running.stdout as NodeJS.ReadableStream;
    const [line] = await Promise.race([once(stdout, "data"), once(stdout, "end")]);
    const basePath = /http:\S+/.exec(String(line))?.[0];
    if (!basePath) throw new Error(`the mock did not start; it said: ${line ?? "nothing"}`);
    return { child: running, api: new PackagesApi(new Configuration({ ...keys, basePath })) };
  };

  try {
    for (let kill = 0; kill < kills; kill++) {
      const { child, api } = await start();
      const ended = once(child, "exit");
      const enough = acknowledged.length + perLife;
      const work = async () => {
        while (child.exitCode === null && child.signalCode === null) {
          const sim = free.next().value;
          if (!sim) return;
          const { data } = await api.createPackage({ sim, package_template: TEMPLATE }, { maxRetries: 0 });
          acknowledged.push(data.id);
          if (acknowledged.length === enough) child.kill("SIGKILL");
        }
      };
      const [failure] = await Promise.allSettled(Array.from({ length: WORKERS }, work));
      if (acknowledged.length < enough)
        throw new Error(`only ${acknowledged.length} purchases before kill ${kill + 1}`, { cause: failure });
      await ended;
    }
    const { api } = await start();
    const there = new Set<string>();
    for await (const { id } of api.iteratePackages({}, { pageSize: 1000 })) there.add(id);
    return { kills, acknowledged: acknowledged.length, lost: acknowledged.filter((id) => !there.has(id)) };
  } finally {
    if (running && running.exitCode === null && running.signalCode === null) {
      running.kill("SIGTERM");
      await once(running, "exit");
    }
    rmSync(folder, { recursive: true });
  }
}
