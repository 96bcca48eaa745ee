import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The text files of a git work tree, tracked or not, except what .gitignore excludes; by their paths from the root. */
export function* readTree(root: string): Generator<[path: string, text: string]> {
  const output = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  for (const path of new Set(output.split("\0").filter(Boolean))) {
    const file = join(root, path);
    // Git still lists a file that was deleted and not committed, and lists links and submodules too.
    if (!existsSync(file) || !lstatSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    if (!bytes.includes(0)) yield [path, bytes.toString("utf8")];
  }
}
