import { createHash } from "node:crypto";
import { cpSync, existsSync, globSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { installEnvironment, must } from "./run.ts";

const source = resolve(import.meta.dirname, "../toolchain");
/** Next 14 needs another React than the newest, so it is a project of its own. */
const PROJECTS = [".", "next-14"];
const FILES = ["package.json", "package-lock.json", ".npmrc"];

/**
 * Installs what the client is tried on, and returns the folder.
 *
 * It lies outside of the repository, so that a new clone, as CI makes, finds it again; and so that nothing tried there finds the
 * workspace's modules. Its name is that of the lock file's content.
 */
export async function installToolchain(): Promise<string> {
  const hash = createHash("sha256");
  const files = PROJECTS.flatMap((project) => FILES.map((file) => join(project, file)));
  for (const file of files) hash.update(readFileSync(join(source, file)));
  const folder = join(cacheFolder(), hash.digest("hex").slice(0, 16));
  if (existsSync(folder)) return folder;

  console.log("Installing the toolchain, once: 1.7 GB, about a minute.");
  const unfinished = `${folder}.${process.pid}`;
  for (const file of files) cpSync(join(source, file), join(unfinished, file), { recursive: true });
  // No scripts: each platform's programs come as packages of their own, and need none.
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  for (const project of PROJECTS)
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

function cacheFolder(): string {
  const { RUNTIMES_CACHE, XDG_CACHE_HOME = "" } = process.env;
  // A relative one is to be ignored, says the XDG specification.
  const cache = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return RUNTIMES_CACHE ? resolve(RUNTIMES_CACHE) : join(cache, "esim-runtimes");
}

/** The pinned version of a package of the toolchain. */
export function versionOf(toolchain: string, name: string): string {
  return JSON.parse(readFileSync(join(toolchain, "node_modules", name, "package.json"), "utf8")).version;
}

/** A program that lies in one of a package's platform packages, of which npm has installed this machine's. */
export function platformProgram(toolchain: string, pattern: string): string {
  // Where both are installed, the C library of most machines.
  const found = globSync(pattern, { cwd: join(toolchain, "node_modules") }).sort(
    (a, b) => a.length - b.length,
  )[0];
  if (!found) throw new Error(`the toolchain has no ${pattern} for ${process.platform}-${process.arch}`);
  return join(toolchain, "node_modules", found);
}

/** Every Node that is tried. That of the workspace is one of them. */
export function nodes(toolchain: string): readonly { readonly major: number; readonly path: string }[] {
  const workspace = Number.parseInt(process.version.slice(1), 10);
  return [20, 22, 24, 26].map((major) => ({
    major,
    path: major === workspace ? process.execPath : platformProgram(toolchain, `node-${major}-*/bin/node`),
  }));
}
