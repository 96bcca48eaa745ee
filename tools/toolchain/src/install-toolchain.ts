import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const FILES = ["package.json", "package-lock.json", ".npmrc"];
/** No scripts: each platform's programs come as packages of their own, and need none. */
const FLAGS = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

export interface Toolchain {
  /** Names its folder in the cache. */
  readonly name: string;
  /** The folder with its `package.json`, the lock file and an `.npmrc`. */
  readonly source: string;
  /** Folders below `source` with the same three files, for what cannot be installed together with the rest. */
  readonly projects?: readonly string[];
  /** More files of `source`, to be beside its `node_modules`. */
  readonly files?: readonly string[];
  /** How much is installed, for the message. */
  readonly size: string;
}

/**
 * Installs what only one tool needs, with npm and from its lock file, and returns the folder.
 *
 * The folder is `~/.cache/esim-<name>/<hash of those files>`, or in `XDG_CACHE_HOME`: outside of the repository, so that a new clone
 * finds it again, and nothing in it finds the workspace's modules. Once it is there, no network is needed.
 *
 * @throws an error with npm's output if npm fails
 */
export function installToolchain({ name, source, projects = [], files: more = [], size }: Toolchain): string {
  const all = [".", ...projects];
  const files = [...all.flatMap((project) => FILES.map((file) => join(project, file))), ...more];
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(source, file)));
  const folder = join(cacheFolder(), `esim-${name}`, hash.digest("hex").slice(0, 16));
  if (existsSync(folder)) return folder;

  console.log(`Installing the toolchain of ${name}, once: ${size}, into ${folder}`);
  const unfinished = `${folder}.${process.pid}`;
  try {
    for (const file of files) cpSync(join(source, file), join(unfinished, file), { recursive: true });
    for (const project of all)
      execFileSync("npm", ["ci", ...FLAGS], {
        cwd: join(unfinished, project),
        // NODE_PATH leads to the workspace's modules under pnpm.
        env: { ...process.env, NODE_PATH: undefined, NO_COLOR: "1", FORCE_COLOR: undefined },
        stdio: ["ignore", "pipe", "pipe"],
      });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another run was faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME = "" } = process.env;
  // The XDG specification: a relative path is to be ignored.
  return isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
}
