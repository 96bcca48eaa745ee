/**
 * Fails when `pnpm generate` changes a byte under a folder named `generated`, or of a client. In CI that is compared with the commit, because
 * the build that ran before has already rewritten these files. Elsewhere it is compared with what is there, committed or not.
 */
import { execFileSync } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";

const generated = "{spec,packages,apps}/**/generated/**/*.*";
const pages = "docs/messages.md";
const clients = "packages/clients/{typescript-axios/src,python,go,java}/**/*";
/** What building and testing leaves there. */
const untouched = ["node_modules", "target", "__pycache__", ".venv", ".pytest_cache", "build"];

const snapshot = () =>
  new Map(
    [generated, clients, pages]
      .flatMap((files) =>
        globSync(files, { exclude: (path) => untouched.includes(path) || path.endsWith(".egg-info") }),
      )
      .filter((path) => statSync(path).isFile())
      .sort()
      .map((path) => [path, readFileSync(path, "utf8")]),
  );

const before = snapshot();
execFileSync("pnpm", ["run", "generate"], { stdio: ["ignore", "ignore", "inherit"] });
const after = snapshot();

const changed = [...before.keys(), ...after.keys()].filter((path) => before.get(path) !== after.get(path));
if (process.env.CI) {
  const paths = [":(glob)**/generated/**", ":(glob)packages/clients/**", pages];
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
    `Not what spec/openapi.yaml makes:\n${[...new Set(changed)].map((path) => `  ${path}`).join("\n")}`,
  );
  console.error(
    "They have been rewritten. Look at the difference and commit it; next time run: pnpm generate",
  );
  process.exit(1);
}
console.log(`${after.size} generated files are up to date.`);
