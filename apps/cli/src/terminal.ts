/** Whether a person looks at stdout. */
export function isTerminal(): boolean {
  return process.stdout.isTTY === true;
}

/** Columns of the terminal. One that does not say how many has 80. */
export function terminalWidth(): number {
  return process.stdout.columns || 80;
}

/** Lines of the terminal. One that does not say how many has 24. */
export function terminalHeight(): number {
  return process.stdout.rows || 24;
}

/** Whether the cursor of the terminal can be moved, to draw over what was drawn. */
export function canRedraw(): boolean {
  return isTerminal() && process.env.TERM !== "dumb";
}

/**
 * Whether the terminal shows ASCII alone, because its locale names another character set than UTF-8. One that names no locale is taken
 * for one that shows everything, as nearly all do.
 */
export function isAsciiOnly(): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = process.env;
  const locale = LC_ALL || LC_CTYPE || LANG;
  return Boolean(locale) && !/utf-?8/i.test(locale ?? "");
}

/** Our own signs, each as wide as what stands for it where only ASCII is shown. */
const ASCII: Readonly<Record<string, string>> = {
  "–": "-",
  "…": "~",
  "•": "*",
  "✓": "+",
  "✗": "x",
  "→": ">",
};

/** Text of ours as a stream can show it. What the server sent has been escaped before, by `plain`. */
export function forStream(text: string, stream: { readonly isTTY?: boolean }): string {
  return stream.isTTY && isAsciiOnly() ? text.replace(/[–…•✓✗→]/g, (sign) => ASCII[sign] ?? sign) : text;
}
