import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { run } from "./run.ts";

/** A package of the workspace, packed as for a release. */
export interface Packed {
  readonly name: string;
  readonly version: string;
  /** Its folder in the workspace. */
  readonly source: string;
  /** The tarball. */
  readonly tarball: string;
}

export const root = resolve(import.meta.dirname, "../../..");
/** This package, which has the release tools. */
export const here = resolve(import.meta.dirname, "..");

/** Packs every package that is not private. */
export function packAll(folder: string): Packed[] {
  const workspace: { name: string; version: string; path: string; private?: boolean }[] = JSON.parse(
    run("pnpm", ["ls", "--recursive", "--depth", "-1", "--json"], { cwd: root }),
  );
  return workspace
    .filter((each) => !each.private)
    .map(({ name, version, path }) => {
      const { filename }: { filename: string } = JSON.parse(
        run("pnpm", ["pack", "--json", "--pack-destination", folder], { cwd: path }),
      );
      return { name, version, source: path, tarball: resolve(folder, filename) };
    });
}

/** The manifest of a folder. */
export function manifest(
  folder: string,
): Record<string, unknown> & { version: string; dependencies?: object } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
