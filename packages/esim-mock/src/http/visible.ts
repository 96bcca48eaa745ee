/** Control, format (bidi, zero-width), separator and blank characters, and halves of surrogate pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u17b4\u17b5\u3164\uffa0]|\u034f/gu;

/**
 * Escapes everything that a terminal would interpret or not show as `\u{1b}`, on one line. Otherwise a request or an answer could
 * forge log lines or hide part of a name. Escaped text is left unchanged.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
