/**
 * Runs all that measures, each after the other, so that none slows another down; each writes its results.json and README. Then puts the
 * figures into the root README. `--readme` only writes all READMEs, from the results that are there.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeReadme } from "@betatelltd/esim-testing/report";
import { pages } from "./pages.ts";
import { ROOT, TOOLS } from "./tools.ts";

const { values: flags } = parseArgs({ options: { readme: { type: "boolean", default: false } } });
const failed: string[] = [];
if (!flags.readme) {
  for (const [name, { folder, args }] of Object.entries(TOOLS)) {
    console.log(`\n== ${name}`);
    const start = performance.now();
    const { status, signal } = spawnSync(process.execPath, [join(folder, "src/main.ts"), ...args], {
      cwd: ROOT,
      stdio: "inherit",
    });
    console.log(`\n${name} took ${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
    if (status !== 0) failed.push(`${name} ended with ${status ?? signal}`);
  }
}
for (const { folder, sections } of pages()) writeReadme(folder, sections);
console.log("\nThe READMEs show the results.");
if (failed.length > 0) {
  console.error(`Failed: ${failed.join("; ")}. Its README shows what it found, or what an earlier run did.`);
  process.exitCode = 1;
}
