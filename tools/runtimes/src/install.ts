import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { installFolder } from "./install-folder.ts";

/** Installs what the client is tried on, and returns the folder. Next 14 needs another React than the newest, so it is a project of its own. */
export function installToolchain(): Promise<string> {
  return installFolder({
    name: "runtimes",
    source: resolve(import.meta.dirname, "../toolchain"),
    projects: [".", "next-14"],
    takes: "1.7 GB, about a minute",
  });
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
