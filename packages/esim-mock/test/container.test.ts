import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { buildImage } from "./dockerfile.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const repository = here("../../..");

/** This machine's environment, without the variables of the package manager and the test runner. */
async function plainEnv(): Promise<NodeJS.ProcessEnv> {
  const own =
    /^(npm_(?!config_(registry|cache)$)|PNPM_|NODE_(OPTIONS|ENV)$|VITEST|TEST$|INIT_CWD|ESIM_MOCK_)/;
  const modules = await readFile(join(repository, "node_modules/.modules.yaml"), "utf8");
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name))),
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    // Uses the package files already on this machine, wherever the temporary directory is.
    npm_config_prefer_offline: "true",
    npm_config_store_dir: /"?storeDir"?: "?([^",\n]+)/.exec(modules)?.[1],
    CI: "true",
  };
}

test("the Dockerfile builds a mock that is reachable from outside, reports its health, and stops on SIGTERM", async () => {
  const root = await mkdtemp(join(tmpdir(), "esim-mock-image-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const env = await plainEnv();
  const image = await buildImage(here("../Dockerfile"), repository, root, env);
  expect(image.user).toBe("node");
  // As in the image, which contains nothing else.
  await rm(image.at("/repo"), { recursive: true });

  const running = { cwd: image.at(image.directory), env: { ...env, ...image.env, ESIM_MOCK_PORT: "0" } };
  const [shell = "", program = ""] = image.entrypoint;
  const child = spawn(shell, [image.at(program), "--stateful"], running);
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const port = new URL(String(line).trim().split(" ").at(-1) ?? "").port;
  // An address that works only if the mock listens on all of them.
  const answer = await fetch(`http://127.0.0.2:${port}/packages`, {
    headers: { "x-user-id": "u", "x-api-key": "k" },
  });
  expect(answer.status).toBe(200);

  const isWell = () => {
    const [command = "", ...args] = image.healthCheck;
    return spawnSync(command, args, { env: { ...running.env, ESIM_MOCK_PORT: port } }).status === 0;
  };
  expect(isWell()).toBe(true);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(isWell()).toBe(false);
}, 180_000);

const NAMESPACE = ["-Upf", "--map-root-user", "--mount-proc"];
const hasNamespaces = spawnSync("unshare", [...NAMESPACE, "true"]).status === 0;

describe.skipIf(!hasNamespaces)("as the first process, of a namespace as a container has", () => {
  /** Starts it and returns the process ID of its shell once that has set its trap. */
  async function start(...args: string[]) {
    const command = [...NAMESPACE, "sh", here("../entrypoint.sh"), "--port", "0", ...args];
    const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
    const child = spawn("unshare", command, { env });
    onTestFinished(() => void child.kill("SIGKILL"));
    const exit = once(child, "exit");
    const shell = await vi.waitUntil(
      async () => {
        const [pid] = (await readFile(`/proc/${child.pid}/task/${child.pid}/children`, "utf8")).split(" ");
        const status = pid ? await readFile(`/proc/${pid}/status`, "utf8") : "";
        const caught = BigInt(`0x${/^SigCgt:\s*(\w+)/m.exec(status)?.[1] ?? 0}`);
        return caught & (1n << BigInt(constants.signals.SIGTERM - 1)) ? Number(pid) : undefined;
      },
      { timeout: 10_000, interval: 1 },
    );
    return { child, exit, shell };
  }

  test.each([0, 20, 60, 150, 400])("SIGTERM after %i ms ends it without an error", async (milliseconds) => {
    const { exit, shell } = await start();
    await wait(milliseconds);
    process.kill(shell, "SIGTERM");
    expect(await exit).toEqual([0, null]);
  });

  test("its exit code is the mock's", async () => {
    const { exit } = await start("--prot", "1");
    expect(await exit).toEqual([2, null]);
  });
});

test("the image has the Node that the mock needs", async () => {
  const dockerfile = await readFile(here("../Dockerfile"), "utf8");
  const [wanted = ""] = /\d+/.exec(packageJson.engines.node) ?? [];
  const images = dockerfile.match(/(?<=^FROM )\S+/gm);
  expect(images).toEqual(images?.map(() => `node:${wanted}-slim`));
});
