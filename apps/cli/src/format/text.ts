import { createRequire } from "node:module";
import { stripVTControlCharacters } from "node:util";
import type stringWidth from "string-width";
import { isAsciiOnly, isTerminal } from "../terminal.ts";

/** Stands for 0, "not yet" and missing values. */
export const NOTHING = "–";

/** Printable ASCII without leading, trailing or repeated spaces, as most values are. */
const PRINTABLE_ASCII = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Characters that can control a terminal or that it cannot show: control, bidirectional, zero-width, private-use and unassigned ones, and
 * lone surrogates. The two joiners are kept, because scripts and emoji need them.
 */
const UNPRINTABLE = /(?![\u200c\u200d])\p{C}/gu;

/** A value from the server as one line of text that cannot control the terminal. */
export function plain(value: unknown): string {
  if (value === undefined || value === null || value === "") return NOTHING;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  if (PRINTABLE_ASCII.test(text)) return text;
  const line = text
    .replace(/[\s\u2028\u2029]+/g, " ")
    .trim()
    .replace(UNPRINTABLE, escaped);
  return isTerminal() && isAsciiOnly() ? line.replace(/[^ -~]/gu, escaped) : line;
}

/** The same notation as in the logs of esim-mock. */
function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Characters that take one column each: printable ASCII, and our own symbols. */
const NARROW = /^[ -~–…•✓✗→]*$/;

/** The width of a text in terminal columns, ignoring colours. */
export function width(text: string): number {
  const bare = text.includes("\u001b") ? stripVTControlCharacters(text) : text;
  return NARROW.test(bare) ? bare.length : loadStringWidth()(bare);
}

let loaded: typeof stringWidth | undefined;

/** Loaded only when needed: most lists are ASCII, and loading it doubles the start-up time. */
function loadStringWidth(): typeof stringWidth {
  loaded ??= createRequire(import.meta.url)("./string-width.js").default as typeof stringWidth;
  return loaded;
}

/** Shortens a text to `maxWidth` columns by leaving out its middle: the end is often what distinguishes names. */
export function shorten(text: string, maxWidth: number): string {
  if (width(text) <= maxWidth) return text;
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const tail = take(characters.toReversed(), Math.floor((maxWidth - 1) / 2))
    .toReversed()
    .join("");
  const head = take(characters, maxWidth - 1 - width(tail))
    .join("")
    .trimEnd();
  return `${head}…${tail.trimStart()}`;
}

/** As many characters as fit `maxWidth` columns. */
function take(characters: readonly string[], maxWidth: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const each of characters) {
    used += width(each);
    if (used > maxWidth) break;
    taken.push(each);
  }
  return taken;
}

/** Quotes a text for a shell command line if necessary; `undefined` if it contains anything but printable ASCII, or looks like a flag. */
export function shellWord(text: string): string | undefined {
  if (/^[\w.:@%+-]+$/.test(text) && !text.startsWith("-")) return text;
  return /^[ -~]+$/.test(text) && !text.startsWith("-") ? `'${text.replaceAll("'", `'\\''`)}'` : undefined;
}
