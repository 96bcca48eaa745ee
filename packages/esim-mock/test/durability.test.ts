import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { builtInSeed } from "../src/stateful/built-in-seed.ts";
import { account } from "./account.ts";
import { fileForTest } from "./mock-for-test.ts";

const program = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

async function startProgram(state: string): Promise<{ url: string; child: ChildProcess }> {
  const args = [program, "--port", "0", "--stateful", "--state", state, "--log-level", "silent"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  return { url: /http:\S+/.exec(String(line))?.[0] ?? "", child };
}

test("every acknowledged write survives kill -9 under load", async () => {
  const state = await fileForTest("state.db");
  const acknowledged: string[] = [];
  let { url, child } = await startProgram(state);
  const { create } = account(url);
  const used = new Set(builtInSeed().packages.map(({ sim }) => sim));
  const free = builtInSeed().sims.filter(({ iccid }) => !used.has(iccid));

  const load = free.map(async ({ iccid }) => {
    const { status, body } = await create(iccid);
    if (status === 201) acknowledged.push(body.id);
    if (acknowledged.length === 40) child.kill("SIGKILL");
  });
  const ended = once(child, "exit");
  await Promise.allSettled(load);
  await ended;
  expect(child.signalCode).toBe("SIGKILL");
  expect(acknowledged.length).toBeGreaterThanOrEqual(40);

  ({ url, child } = await startProgram(state));
  const { packages } = (await account(url).list("count=1000")).body;
  const ids = new Set(packages.map(({ id }) => id));
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  child.kill("SIGTERM");
  await once(child, "exit");
});
