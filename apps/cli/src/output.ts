import { writeSync } from "node:fs";
import type { GlobalOptions } from "./global-options.ts";
import { forStream, isTerminal } from "./terminal.ts";

/** Stdout did not take what was written: its reader is gone, or the disk is full. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  /** The system's code, such as `ENOSPC`. */
  readonly code: string;

  constructor(code = "unknown") {
    super(`stdout cannot be written [${code}]`);
    this.code = code;
  }

  /** Whether nobody reads any more, as after `esim … | head -1`. */
  get isClosed(): boolean {
    return this.code === "EPIPE";
  }
}

/** Whether to colour what goes to stdout: for a person at a terminal, unless they said no. */
export function coloured({ color }: Pick<GlobalOptions, "color">): boolean {
  if (color === false || process.env.NO_COLOR) return false;
  if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== "0";
  return isTerminal() && process.env.TERM !== "dumb";
}

/** Writes lines to stdout, and waits until they have left. @throws OutputError */
export function print(text: string): Promise<void> {
  return write(`${text}\n`);
}

/** Writes text to stdout as it is, and waits until it has left. @throws OutputError */
export function write(text: string): Promise<void> {
  return writeBytes(forStream(text, process.stdout));
}

/** Writes bytes to stdout, and waits until they have left. @throws OutputError */
export function writeBytes(bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error?: NodeJS.ErrnoException | null) => {
      if (error) reject(new OutputError(error.code));
      else resolve();
    });
  });
}

/** Writes text to stdout before anything else happens: what prints help does not wait. @throws OutputError */
export function writeNow(text: string): void {
  try {
    writeSync(1, text);
  } catch (error) {
    throw new OutputError((error as NodeJS.ErrnoException).code);
  }
}

/** A message for the person, on stderr; none with --quiet. */
export function log(options: Pick<GlobalOptions, "quiet">, text: string): void {
  if (!options.quiet) logAlways(text);
}

/** A message on stderr that even --quiet does not suppress. */
export function logAlways(text: string): void {
  process.stderr.write(forStream(`${text}\n`, process.stderr));
}

/** A document for a program. What JSON may leave as it is but a terminal may obey is escaped, which means the same. */
export function json(value: unknown, indent: number | undefined = 2): string {
  const text = JSON.stringify(value, null, indent);
  return ASCII.test(text) ? text : text.replace(OBEYED, unicodeEscape);
}

/** Most documents, which need no closer look. */
const ASCII = /^[\n -~]*$/;

/** Control, bidirectional and zero-width characters, but for the joiners that scripts and emoji need. */
const OBEYED = /[\u007f-\u009f\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/gu;

function unicodeEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
