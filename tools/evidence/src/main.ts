/**
 * Runs all that measures; each writes its results.json and README. Then puts the figures into the root README. `--readme` only writes all
 * READMEs, from the results that are there.
 */
import { parseArgs } from "node:util";
import { writeReadme } from "@betatelltd/esim-testing/report";
import { measure } from "./measure.ts";
import { pages } from "./pages.ts";
import { TOOLS } from "./tools.ts";

const { values: flags } = parseArgs({ options: { readme: { type: "boolean", default: false } } });
const failed = flags.readme ? [] : measure(TOOLS);
for (const { folder, sections } of pages()) writeReadme(folder, sections);
console.log("\nThe READMEs show the results.");
if (failed.length > 0) {
  console.error(`Failed: ${failed.join("; ")}. Its README shows what it found, or what an earlier run did.`);
  process.exitCode = 1;
}
