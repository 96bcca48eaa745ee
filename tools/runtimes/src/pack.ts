import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { installEnvironment, must } from "./run.ts";

const root = resolve(import.meta.dirname, "../../..");

/** The client as a user gets it. */
export interface Packed {
  readonly tarball: string;
  /** Creates an empty folder outside any workspace. */
  empty(name: string): string;
  /**
   * Creates a project that has the client installed, outside any workspace; or below a folder whose `node_modules` it should also find, as at
   * the root of a monorepo.
   */
  project(name: string, beneath?: string): string;
  /** Removes all of it. */
  remove(): void;
}

/** Packs the client as a release would, and installs the tarball with npm in an empty project. */
export async function packClient(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "esim-runtimes-"));
  try {
    const env = installEnvironment();
    const cwd = join(root, "packages/esim-sdk");
    const { filename } = JSON.parse(
      await must("pnpm", ["pack", "--json", "--pack-destination", folder], { cwd, env }),
    );
    const tarball = resolve(folder, filename);
    const installed = join(folder, "installed");
    mkdirSync(installed);
    writeManifest(installed, { "@betatelltd/esim-sdk": `file:${tarball}` });
    const quiet = ["--prefer-offline", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
    await must("npm", ["install", ...quiet], { cwd: installed, env });
    const folders = [folder];
    return {
      tarball,
      empty(name) {
        const project = join(folder, name);
        mkdirSync(project);
        return project;
      },
      project(name, beneath) {
        // Separate from another run that uses the same toolchain.
        const parent = beneath ? join(beneath, basename(folder)) : folder;
        folders.push(parent);
        const project = join(parent, name);
        cpSync(installed, project, { recursive: true, verbatimSymlinks: true });
        return project;
      },
      remove() {
        for (const each of folders) rmSync(each, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

/** A manifest without a module type, so that each file's extension decides. */
export function writeManifest(folder: string, dependencies: Record<string, string>): void {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
}
