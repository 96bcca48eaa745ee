import { readFileSync } from "node:fs";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { plain } from "./format/text.ts";

/** Reads a JSON file, or stdin for -, and returns its text unchanged. @throws CliError if it cannot be read or is not JSON */
export function readJson(file: string): string {
  let text: string;
  try {
    const bytes = readFileSync(file === "-" ? 0 : file);
    text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`cannot read ${plain(file)} [${code}]`, "pass a JSON file, or - for stdin");
  }
  try {
    JSON.parse(text);
  } catch (error) {
    throw usage(
      `the body is not JSON: ${plain((error as Error).message)}`,
      "correct the body; nothing was sent",
    );
  }
  return text;
}

/** The encoding, from the byte order mark that Windows programs write. The decoder drops the mark. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

function usage(message: string, hint: string): CliError {
  return new CliError(message, hint, ExitCode.usage);
}
