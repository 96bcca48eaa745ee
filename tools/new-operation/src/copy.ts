import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What other tests may be writing meanwhile. The generator's jar is not, and takes long to fetch. */
const CACHES = /\/node_modules\/(\.vite[^/]*|\.cache\/(?!openapi-generator$)[^/]+)$/;
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Copies this repository, including uncommitted changes, with its packages linked to each other. */
export function copyRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), "esim-new-operation-"));
  // As a clone is: some tests look at it as another user.
  chmodSync(copy, 0o755);
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const files = listed.split("\0").filter((file) => file && existsSync(join(root, file)));
  for (const file of files) cpSync(join(root, file), join(copy, file), { verbatimSymlinks: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  // Links are relative, so that links between packages stay within the copy.
  for (const manifest of files.filter((file) => /\/package\.json$/.test(file))) {
    const modules = join(dirname(manifest), "node_modules");
    if (existsSync(join(root, modules)))
      cpSync(join(root, modules), join(copy, modules), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !CACHES.test(path),
      });
  }
  // Nothing needs to be installed there.
  edit(join(copy, "pnpm-workspace.yaml"), (text) => text.replace(/^verifyDepsBeforeRun:.*\n/m, ""));
  return copy;
}

/** Adds a tag with a list, a get and a create to the document: two files, and the lines that name them. */
export function addThings(copy: string): void {
  const things = fileURLToPath(new URL("../things/", import.meta.url));
  for (const part of ["paths", "schemas"])
    cpSync(join(things, `${part}.yaml`), join(copy, "spec", part, "things.yaml"));
  edit(join(copy, "spec/openapi.yaml"), (text) =>
    text
      .replace("\n\npaths:\n", () => `\n${TAG}\npaths:\n`)
      .replace("\n\ncomponents:\n", () => `\n${PATHS}\ncomponents:\n`),
  );
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

const TAG = `  - name: Things
    description: Things that there are not.
`;
const PATHS = `  /things:
    $ref: "paths/things.yaml#/~1things"
  /things/{id}:
    $ref: "paths/things.yaml#/~1things~1{id}"
`;
