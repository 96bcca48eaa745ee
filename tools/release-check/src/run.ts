import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string | undefined>;
}

/** Our environment without NODE_PATH, which pnpm points to the workspace's modules: an installed package must not find missing ones there. */
export function environment(env: RunOptions["env"] = {}): Record<string, string | undefined> {
  return { ...process.env, NODE_PATH: undefined, NO_COLOR: "1", FORCE_COLOR: "0", ...env };
}

/** The environment in which `#!/usr/bin/env node` finds this Node. */
export function pathWith(node: string): { PATH: string } {
  return { PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` };
}

/** Runs a program and returns what it printed. @throws an error with everything that it printed */
export function run(file: string, args: readonly string[], { cwd, env }: RunOptions = {}): string {
  try {
    return execFileSync(file, args, {
      cwd,
      env: environment(env),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${file} ${args.join(" ")} failed\n${stdout ?? ""}\n${stderr ?? ""}`, { cause: error });
  }
}

/** A program on the PATH, outside of any node_modules. */
function onPath(name: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, name))
    .find((path) => {
      if (!existsSync(path)) return false;
      accessSync(path, constants.X_OK);
      return true;
    });
}

/** The Nodes to test the packages on: the workspace's, and the machine's if it is another one. */
export function nodes(): { version: string; path: string }[] {
  const own = onPath("node");
  const all = [process.execPath, ...(own ? [own] : [])].map((path) => ({
    path,
    version: run(path, ["--version"]).trim(),
  }));
  return all.filter(({ version }, index) => all.findIndex((each) => each.version === version) === index);
}

/** A free port of 127.0.0.1. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
