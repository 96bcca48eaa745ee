/** Whether stdout is a terminal. */
export function isTerminal(): boolean {
  return process.stdout.isTTY === true;
}

/** The terminal's columns; 80 if unknown. */
export function terminalWidth(): number {
  return process.stdout.columns || 80;
}

/** The terminal's lines; 24 if unknown. */
export function terminalHeight(): number {
  return process.stdout.rows || 24;
}

/** Whether the terminal supports moving the cursor, to redraw in place. */
export function canRedraw(): boolean {
  return isTerminal() && process.env.TERM !== "dumb";
}

/**
 * Whether to print ASCII only, because the locale's character set is not UTF-8. Without a locale UTF-8 is assumed, as nearly all
 * terminals support it.
 */
export function isAsciiOnly(): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = process.env;
  const locale = LC_ALL || LC_CTYPE || LANG;
  return Boolean(locale) && !/utf-?8/i.test(locale ?? "");
}

/** Replacements for our own symbols in an ASCII locale, each of the same width. */
const ASCII: Readonly<Record<string, string>> = {
  "–": "-",
  "…": "~",
  "•": "*",
  "✓": "+",
  "✗": "x",
  "→": ">",
};

/** Our text, adapted to a stream. The server's text has been escaped already, by `plain`. */
export function forStream(text: string, stream: { readonly isTTY?: boolean }): string {
  return stream.isTTY && isAsciiOnly() ? text.replace(/[–…•✓✗→]/g, (sign) => ASCII[sign] ?? sign) : text;
}
