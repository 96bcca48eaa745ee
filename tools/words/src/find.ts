import type { Word } from "./words.ts";

/** One place that has a word to avoid. */
export interface Hit {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly word: string;
  /** What to write instead. */
  readonly use: string;
}

/** Finds the words in a text, in prose and as parts of names in camelCase or SCREAMING_CASE. */
export function findWords(path: string, text: string, words: readonly Word[]): Hit[] {
  const uses = new Map(words.flatMap(({ forms, use }) => forms.map((form) => [form, use] as const)));
  const hitAt = (at: number, word: string, use = ""): Hit => ({ path, line: lineOf(text, at), word, use });
  const single = [...text.matchAll(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g)]
    .filter(([word]) => uses.has(word.toLowerCase()))
    .map(({ 0: word, index }) => hitAt(index, word, uses.get(word.toLowerCase())));
  const phrases = [...uses.keys()]
    .filter((form) => form.includes(" "))
    .flatMap((phrase) =>
      [...text.matchAll(brokenAcrossLines(phrase))].map(({ index }) =>
        hitAt(index, phrase, uses.get(phrase)),
      ),
    );
  return [...single, ...phrases].sort((one, other) => one.line - other.line);
}

/** Matches a phrase, even if a line break and the start of a comment's next line come between its words. */
const brokenAcrossLines = (phrase: string) => new RegExp(phrase.replaceAll(" ", "[\\s*/#]+"), "gi");

const lineOf = (text: string, at: number) => text.slice(0, at).split("\n").length;
