/** Control, format (bidi, zero-width), separator and blank characters, and halves of surrogate pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u17b4\u17b5\u3164\uffa0]|\u034f/gu;

/**
 * A text on one line, with all that a terminal would obey or not show written as `\u{1b}`: a request or an answer could
 * otherwise forge lines of a log, or hide a part of a name. A text that was made visible stays as it is.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
