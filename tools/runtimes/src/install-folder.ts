import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { installEnvironment, must } from "./run.ts";

/** Packages of a tool that are too heavy for everyone's `pnpm install`. */
export interface Toolchain {
  /** Its cache folder is `~/.cache/esim-<name>`; the variable `<NAME>_CACHE` moves it. */
  readonly name: string;
  /** The folder of its `package.json`, `package-lock.json` and `.npmrc`. */
  readonly source: string;
  /** Folders in it that are npm projects of their own. Only itself, unless given. */
  readonly projects?: readonly string[];
  /** More files of that folder, to be beside `node_modules`. */
  readonly files?: readonly string[];
  /** What the installation takes, printed while it is made. */
  readonly takes: string;
}

const FILES = ["package.json", "package-lock.json", ".npmrc"];

/**
 * Installs a toolchain with npm unless it is there already, and returns the folder.
 *
 * It lies outside of the repository, so that a new clone, as CI makes, finds it again; and so that nothing tried there finds the
 * workspace's modules. Its name is the hash of the files it is made from.
 */
export async function installFolder({
  name,
  source,
  projects = ["."],
  files: more = [],
  takes,
}: Toolchain): Promise<string> {
  const hash = createHash("sha256");
  const files = [...projects.flatMap((project) => FILES.map((file) => join(project, file))), ...more];
  for (const file of files) hash.update(readFileSync(join(source, file)));
  const folder = join(cacheFolder(name), hash.digest("hex").slice(0, 16));
  if (existsSync(folder)) return folder;

  console.log(`Installing the toolchain of ${name}, once: ${takes}.`);
  const unfinished = `${folder}.${process.pid}`;
  for (const file of files) cpSync(join(source, file), join(unfinished, file), { recursive: true });
  // No scripts: each platform's programs come as packages of their own, and need none.
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  for (const project of projects)
    await must("npm", ["ci", ...flags], { cwd: join(unfinished, project), env: installEnvironment() });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    // Another run was faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function cacheFolder(name: string): string {
  const { [`${name.toUpperCase()}_CACHE`]: moved, XDG_CACHE_HOME = "" } = process.env;
  // A relative one is to be ignored, says the XDG specification.
  const cache = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return moved ? resolve(moved) : join(cache, `esim-${name}`);
}
