/** Fails on words that read like a translation, and says which word to use instead. */
import { fileURLToPath } from "node:url";
import { ALLOWED } from "./allowed.ts";
import { check } from "./check.ts";
import { readTree } from "./read-tree.ts";
import { WORDS } from "./words.ts";

const problems = check(readTree(fileURLToPath(new URL("../../..", import.meta.url))), WORDS, ALLOWED);
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(
    `\n${problems.length} problems. If a word is right where it is, add the file to tools/words/src/allowed.ts, with the reason.`,
  );
  process.exitCode = 1;
}
