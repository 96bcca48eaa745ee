/** Fails when `pnpm generate` changes a byte of what is committed under a folder named `generated`. */
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

const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (path) => before.get(path) !== after.get(path),
);
if (changed.length > 0) {
  console.error(`Not what spec/openapi.yaml makes:\n${changed.map((path) => `  ${path}`).join("\n")}`);
  console.error(
    "They are written anew now. Look at the difference and commit it; next time run: pnpm generate",
  );
  process.exit(1);
}
console.log(`${after.size} generated files are up to date.`);
