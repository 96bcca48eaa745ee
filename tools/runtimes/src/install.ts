import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { installToolchain } from "@betatelltd/esim-toolchain";

/** Installs what the client is tried on, and returns the folder. */
export function installRuntimes(): string {
  return installToolchain({
    name: "runtimes",
    source: resolve(import.meta.dirname, "../toolchain"),
    // Next 14 needs another React than the newest.
    projects: ["next-14"],
    size: "1.7 GB",
  });
}

/** The pinned version of a package of the toolchain. */
export function versionOf(toolchain: string, name: string): string {
  return JSON.parse(readFileSync(join(toolchain, "node_modules", name, "package.json"), "utf8")).version;
}

/** A program in one of a package's platform packages, of which npm has installed the one for this machine. */
export function platformProgram(toolchain: string, pattern: string): string {
  // If both are installed, choose the C library of most machines.
  const found = globSync(pattern, { cwd: join(toolchain, "node_modules") }).sort(
    (a, b) => a.length - b.length,
  )[0];
  if (!found) throw new Error(`the toolchain has no ${pattern} for ${process.platform}-${process.arch}`);
  return join(toolchain, "node_modules", found);
}

/** Every Node to test on. The workspace's is one of them. */
export function nodes(toolchain: string): readonly { readonly major: number; readonly path: string }[] {
  const workspace = Number.parseInt(process.version.slice(1), 10);
  return [20, 22, 24, 26].map((major) => ({
    major,
    path: major === workspace ? process.execPath : platformProgram(toolchain, `node-${major}-*/bin/node`),
  }));
}
