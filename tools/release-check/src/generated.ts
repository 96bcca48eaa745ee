/**
 * Fails if `pnpm generate` changes a byte of a client, of docs/messages.md, or in a folder named `generated`. CI compares with the commit, because
 * the build before this step has already rewritten these files. Elsewhere it compares with what is there, committed or not.
 */
import { execFileSync } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";

const GENERATED = "{spec,packages,apps}/**/generated/**/*.*";
const CLIENTS = "packages/clients/{typescript-axios/src,python,go,java}/**/*";
const MESSAGES = "docs/messages.md";
/** Left there by builds and tests. */
const untouched = ["node_modules", "target", "__pycache__", ".venv", ".pytest_cache", "build"];

const snapshot = () =>
  new Map(
    [GENERATED, CLIENTS, MESSAGES]
      .flatMap((files) =>
        globSync(files, { exclude: (path) => untouched.includes(path) || path.endsWith(".egg-info") }),
      )
      .filter((path) => statSync(path).isFile())
      .sort()
      .map((path) => [path, readFileSync(path, "utf8")]),
  );

const before = snapshot();
execFileSync("pnpm", ["generate"], { stdio: ["ignore", "ignore", "inherit"] });
const after = snapshot();

const changed = [...before.keys(), ...after.keys()].filter((path) => before.get(path) !== after.get(path));
if (process.env.CI) {
  const paths = [":(glob)**/generated/**", ":(glob)packages/clients/**", MESSAGES];
  const status = execFileSync("git", [
    "status",
    "--porcelain",
    "-z",
    "--untracked-files=all",
    "--",
    ...paths,
  ]);
  for (const line of status.toString().split("\0").filter(Boolean)) changed.push(line.slice(3));
}

if (changed.length > 0) {
  console.error(
    `These generated files were out of date:\n${[...new Set(changed)].map((path) => `  ${path}`).join("\n")}`,
  );
  console.error("They are up to date now: review the changes and commit them. Next time, run: pnpm generate");
  process.exit(1);
}
console.log(`${after.size} generated files are up to date.`);
