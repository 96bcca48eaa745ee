import { readFileSync } from "node:fs";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { plain } from "./format/text.ts";

/** The text of a file with JSON, to be sent as it is; - is stdin. @throws CliError for what cannot be read or is not JSON */
export function readJson(file: string): string {
  let text: string;
  try {
    const bytes = readFileSync(file === "-" ? 0 : file);
    text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`${plain(file)} cannot be read [${code}]`, "name a file with JSON, or - for stdin");
  }
  try {
    JSON.parse(text);
  } catch (error) {
    throw usage(`the body is not JSON: ${plain((error as Error).message)}`, "correct it; nothing was sent");
  }
  return text;
}

/** What a file's first bytes say of its encoding, as Windows writes it. The decoder leaves them out. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

function usage(message: string, hint: string): CliError {
  return new CliError(message, hint, ExitCode.usage);
}
