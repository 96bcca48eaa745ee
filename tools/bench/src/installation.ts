import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What an application installs and imports, by what a table calls it. */
export const libraries: Readonly<Record<string, string>> = {
  "@betatelltd/esim-sdk": "@betatelltd/esim-sdk",
  "openapi-fetch": "openapi-fetch",
  ky: "ky",
  "OpenAPI Generator, axios": "@betatelltd/esim-sdk-axios",
};

/** A project of its own that has one library. */
export interface Project {
  readonly name: string;
  readonly folder: string;
  /** What npm put there. */
  readonly bytes: number;
  readonly packages: number;
}

const bench = fileURLToPath(new URL("..", import.meta.url));

/** Installs each library with npm, as a user would; ours from a tarball. */
export function install(): { projects: Project[]; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), "esim-bench-"));
  const projects = Object.entries(libraries).map(([name, library]) => {
    const folder = join(root, name.replace(/\W+/g, "-"));
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
    const what = library.startsWith("@betatelltd/")
      ? pack(library, root)
      : `${library}@${versionOf(library)}`;
    const args = ["install", "--no-audit", "--no-fund", "--loglevel=error", what];
    execFileSync("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
    // The project itself is one of them.
    return {
      name,
      folder,
      bytes: bytesIn(join(folder, "node_modules")),
      packages: Object.keys(packages).length - 1,
    };
  });
  return { projects, remove: () => rmSync(root, { recursive: true }) };
}

function pack(name: string, folder: string): string {
  const source = dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
  const args = ["pack", "--json", "--pack-destination", folder];
  const { filename } = JSON.parse(execFileSync("pnpm", args, { cwd: source, encoding: "utf8" }));
  return join(folder, filename.split("/").at(-1));
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(bench, "node_modules", name, "package.json"), "utf8")).version;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
