/**
 * Fails when `pnpm generate` changes a byte under a folder named `generated`. In CI that is compared with the commit, because
 * the build that ran before has already written these files anew. Elsewhere with what is there, committed or not.
 */
import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";

const snapshot = () =>
  new Map(
    globSync("{spec,packages,apps}/**/generated/**/*.*", { exclude: (path) => path === "node_modules" })
      .sort()
      .map((path) => [path, readFileSync(path, "utf8")]),
  );

const before = snapshot();
execFileSync("pnpm", ["generate"], { stdio: ["ignore", "ignore", "inherit"] });
const after = snapshot();

const changed = [...before.keys(), ...after.keys()].filter((path) => before.get(path) !== after.get(path));
if (process.env.CI) {
  const generated = [":(glob)**/generated/**", ":(glob)packages/clients/**"];
  const status = execFileSync("git", [
    "status",
    "--porcelain",
    "-z",
    "--untracked-files=all",
    "--",
    ...generated,
  ]);
  for (const line of status.toString().split("\0").filter(Boolean)) changed.push(line.slice(3));
}

if (changed.length > 0) {
  console.error(
    `Not what spec/openapi.yaml makes:\n${[...new Set(changed)].map((path) => `  ${path}`).join("\n")}`,
  );
  console.error(
    "They are written anew now. Look at the difference and commit it; next time run: pnpm generate",
  );
  process.exit(1);
}
console.log(`${after.size} generated files are up to date.`);
