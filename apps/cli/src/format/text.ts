import { createRequire } from "node:module";
import { stripVTControlCharacters } from "node:util";
import type stringWidth from "string-width";
import { isAsciiOnly, isTerminal } from "../terminal.ts";

/** What stands for 0, "not yet" and what is missing. */
export const NOTHING = "–";

/** Printable ASCII without spaces that would be merged; most of what comes is that. */
const EASY = /^[!-~]+(?: [!-~]+)*$/;

/**
 * What a terminal may obey or cannot show: control, bidirectional, zero-width, private and unassigned characters, and halves of characters.
 * The two joiners stay, which scripts and emoji need.
 */
const UNPRINTABLE = /(?![\u200c\u200d])\p{C}/gu;

/** A value of the server's as one line of text in which nothing drives the terminal. */
export function plain(value: unknown): string {
  if (value === undefined || value === null || value === "") return NOTHING;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  if (EASY.test(text)) return text;
  const line = text
    .replace(/[\s\u2028\u2029]+/g, " ")
    .trim()
    .replace(UNPRINTABLE, escaped);
  return isTerminal() && isAsciiOnly() ? line.replace(/[^ -~]/gu, escaped) : line;
}

/** A character as mocks and logs of this toolkit write one, too. */
function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Text of which each character takes one column: printable ASCII, and our own signs. */
const NARROW = /^[ -~–…•✓✗→]*$/;

/** How many columns of a terminal a text takes, colours aside. */
export function width(text: string): number {
  const bare = text.includes("\u001b") ? stripVTControlCharacters(text) : text;
  return NARROW.test(bare) ? bare.length : loadStringWidth()(bare);
}

let loaded: typeof stringWidth | undefined;

/** Loaded when it is needed, since most lists are ASCII and it doubles the time that a start takes. */
function loadStringWidth(): typeof stringWidth {
  loaded ??= createRequire(import.meta.url)("./string-width.js").default as typeof stringWidth;
  return loaded;
}

/** The text in `most` columns: what is too long keeps its end, which often tells names apart, and loses its middle. */
export function shorten(text: string, most: number): string {
  if (width(text) <= most) return text;
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const tail = take(characters.toReversed(), Math.floor((most - 1) / 2))
    .toReversed()
    .join("");
  const head = take(characters, most - 1 - width(tail))
    .join("")
    .trimEnd();
  return `${head}…${tail.trimStart()}`;
}

/** As many of the characters as fit into `most` columns. */
function take(characters: readonly string[], most: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const each of characters) {
    used += width(each);
    if (used > most) break;
    taken.push(each);
  }
  return taken;
}

/** A text as a word of a shell's command line; undefined for one that cannot be printed as it is. */
export function shellWord(text: string): string | undefined {
  if (/^[\w.:@%+-]+$/.test(text) && !text.startsWith("-")) return text;
  return /^[ -~]+$/.test(text) && !text.startsWith("-") ? `'${text.replaceAll("'", `'\\''`)}'` : undefined;
}
