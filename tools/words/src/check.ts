import { matchesGlob } from "node:path";
import type { Allowed } from "./allowed.ts";
import { findWords } from "./find.ts";
import type { Word } from "./words.ts";

/** Checks files, given as path and text, and returns a line for each problem: a word that is not allowed, or an entry that allows nothing. */
export function check(
  files: Iterable<readonly [path: string, text: string]>,
  words: readonly Word[],
  allowed: readonly Allowed[],
): string[] {
  const used = new Set<Allowed>();
  const problems: string[] = [];
  for (const [path, text] of files) {
    for (const { line, word, use } of findWords(path, text, words)) {
      const entries = allowed.filter((each) => allows(each, path, word));
      for (const entry of entries) used.add(entry);
      if (entries.length === 0) problems.push(`${path}:${line}: "${word}": use ${use}`);
    }
  }
  for (const entry of allowed.filter((each) => !used.has(each)))
    problems.push(
      `tools/words/src/allowed.ts: remove the entry for ${entry.path}: ${entry.word ? `"${entry.word}" does not occur there` : "no word to avoid occurs there"}`,
    );
  return problems;
}

const allows = ({ path: pattern, word: only }: Allowed, path: string, word: string) =>
  matchesGlob(path, pattern) && (only === undefined || only.toLowerCase() === word.toLowerCase());
