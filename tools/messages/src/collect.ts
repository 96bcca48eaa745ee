import ts from "typescript";
import { madeBy } from "./errors.ts";
import { describedFlags, type Kind, kindOf } from "./kinds.ts";
import { textNodes, textOf } from "./texts.ts";

/** A text that a user may see. */
export interface Message {
  readonly text: string;
  readonly path: string;
  readonly kind: Kind;
}

/**
 * Lists the messages of the sources, in their order. The same text is listed once for a file and kind.
 * @param errors names of what makes errors
 */
export function collect(sources: readonly ts.SourceFile[], errors: ReadonlySet<string>): Message[] {
  const found = new Map<string, Message>();
  for (const source of sources) {
    for (const node of textNodes(source)) {
      const text = textOf(node).trim();
      // In an error, a single word is a message too.
      const isInError = ts.isNewExpression(node.parent) && madeBy(node.parent, errors);
      if (!isForPeople(text, isInError ? 1 : 2)) continue;
      const flags = describedFlags(node);
      const shown = flags ? `${textOf(flags)}: ${text}` : text;
      const message = { text: shown, path: source.fileName, kind: kindOf(node, errors) };
      found.set(JSON.stringify(message), message);
    }
  }
  return [...found.values()];
}

/** Strings of several words that no person is meant to read. */
const FOR_MACHINES: readonly RegExp[] = [
  // SQL
  /\b(SELECT|INSERT (OR \w+ )?INTO|PRAGMA|CREATE (UNIQUE )?(TABLE|INDEX)|DELETE FROM|BEGIN IMMEDIATE|ORDER BY|WHERE)\b|\(:\w/,
  /[=<>+-] ?:\w|^\{\w+\} = |\bAS \w+$/,
  // HTTP: a media type, names of headers, a header, a status line, a security policy
  /^[\w-]+\/[\w.+-]+[;,]|^[\w-]+(, [\w-]+)*$(?<=[-,].*)|^HTTP\/1|^[a-z-]+-src /,
  /^(content|connection|x)[\w-]*: [\w{/}-]+$/,
  // HTML, and the flags of a command, which are listed with their description
  /^<|^-{1,2}[\w-]+ <[^>]+>$/,
  // The name of an error or its code, a path, an address
  /^\w+Error$|^[A-Z_]+$|^\S*[./:]\S*\w$/,
];

/** Whether a text has as many words, apart from what is filled in, and is not for a machine. */
function isForPeople(text: string, words: number): boolean {
  const own = text.replace(/\{[^{}|]*\}/g, "{}");
  const found = own.split(/\s+/).filter((each) => /\p{L}{2}|\{\}/u.test(each));
  return found.length >= words && /\p{L}{2}/u.test(own) && !FOR_MACHINES.some((each) => each.test(text));
}
