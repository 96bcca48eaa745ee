import { writeSync } from "node:fs";
import type { GlobalOptions } from "./global-options.ts";
import { forStream, isTerminal } from "./terminal.ts";

/** Writing to stdout failed: its reader is gone, or the disk is full. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  /** The system's code, such as `ENOSPC`. */
  readonly code: string;

  constructor(code = "unknown") {
    super(`cannot write to stdout [${code}]`);
    this.code = code;
  }

  /** Whether the reader is gone, as after `esim … | head -1`. */
  get isClosed(): boolean {
    return this.code === "EPIPE";
  }
}

/** Whether to colour stdout: at a terminal, unless a flag or the environment says otherwise. */
export function coloured({ color }: Pick<GlobalOptions, "color">): boolean {
  if (color === false || process.env.NO_COLOR) return false;
  if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== "0";
  return isTerminal() && process.env.TERM !== "dumb";
}

/** Writes lines to stdout, and waits until they are flushed. @throws OutputError */
export function print(text: string): Promise<void> {
  return write(`${text}\n`);
}

/** Writes text to stdout unchanged, and waits until it is flushed. @throws OutputError */
export function write(text: string): Promise<void> {
  return writeBytes(forStream(text, process.stdout));
}

/** Writes bytes to stdout, and waits until they are flushed. @throws OutputError */
export function writeBytes(bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error?: NodeJS.ErrnoException | null) => {
      if (error) reject(new OutputError(error.code));
      else resolve();
    });
  });
}

/** Writes text to stdout synchronously, because commander does not wait after printing help. @throws OutputError */
export function writeNow(text: string): void {
  try {
    writeSync(1, text);
  } catch (error) {
    throw new OutputError((error as NodeJS.ErrnoException).code);
  }
}

type MessageOptions = Pick<GlobalOptions, "quiet" | "json">;

/** Writes a message for people to stderr, unless --quiet or --json is set. */
export function log({ quiet, json }: MessageOptions, text: string): void {
  if (!quiet && !json) logAlways(text);
}

/** Writes a warning to stderr, unless --quiet is set: as text, or with --json as one line of JSON. */
export function warn({ quiet, json: isJson }: MessageOptions, message: string): void {
  if (!quiet) logAlways(isJson ? json({ warning: { message } }, 0) : `warning: ${message}`);
}

/** Writes to stderr whatever the options. */
export function logAlways(text: string): void {
  process.stderr.write(forStream(`${text}\n`, process.stderr));
}

/** Formats a value as JSON. Characters that JSON allows but that can control a terminal are escaped, which does not change the value. */
export function json(value: unknown, indent: number | undefined = 2): string {
  const text = JSON.stringify(value, null, indent);
  return ASCII.test(text) ? text : text.replace(TERMINAL_CONTROL, unicodeEscape);
}

/** Nothing to escape; true of most documents. */
const ASCII = /^[\n -~]*$/;

/** Control, bidirectional and zero-width characters, except the joiners that scripts and emoji need. */
const TERMINAL_CONTROL = /[\u007f-\u009f\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/gu;

function unicodeEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
