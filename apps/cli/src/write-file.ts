import {
  accessSync,
  constants,
  lstatSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { plain } from "./format/text.ts";

/** For this user alone: what is written may be an eSIM that the first who scans it has. */
const PRIVATE = 0o600;

/** Before anything is asked for: @throws CliError where a file is in the way, or none can be written */
export function checkFree(file: string, isForced = false): void {
  if (file === "") throw refused("the file has no name");
  try {
    const there = found(file);
    if (there?.isDirectory()) throw refused(`${plain(file)} is a folder`);
    const isReplaced = !there || isReplaceable(there);
    if (there && isReplaced && !isForced) throw inTheWay(file);
    accessSync(isReplaced ? dirname(file) : file, constants.W_OK);
  } catch (error) {
    if (error instanceof CliError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw refused(`${plain(file)} cannot be written [${code}]`);
  }
}

/**
 * Writes a file that this user alone can read, and over another only where that is wanted.
 * @throws CliError where one is in the way, or it cannot be written
 */
export function writePrivately(file: string, bytes: Uint8Array, isForced = false): void {
  try {
    const there = found(file);
    // A device or a pipe, such as /dev/stdout.
    if (there && !isReplaceable(there) && !there.isDirectory()) writeFileSync(file, bytes);
    else if (!isForced || !there) writeFileSync(file, bytes, { flag: "wx", mode: PRIVATE });
    else replace(file, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && !isForced) throw inTheWay(file);
    throw new CliError(
      `${plain(file)} cannot be written [${code}]`,
      "name another file",
      ExitCode.unexpected,
    );
  }
}

/** Whole or not at all. What a link leads to is left alone. */
function replace(file: string, bytes: Uint8Array): void {
  const draft = `${file}.${process.pid}.part`;
  try {
    writeFileSync(draft, bytes, { flag: "wx", mode: PRIVATE });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** What is there, or a device or pipe at the end of a link; any other link is itself there, wherever it leads. */
function found(file: string): Stats | undefined {
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (!there?.isSymbolicLink()) return there;
  const end = endOf(file);
  return end && !end.isDirectory() ? end : there;
}

/** `undefined` for a link that leads nowhere, or to itself. */
function endOf(link: string): Stats | undefined {
  try {
    return statSync(link);
  } catch {
    return undefined;
  }
}

function isReplaceable(there: Stats): boolean {
  return there.isFile() || there.isSymbolicLink();
}

function refused(message: string): CliError {
  return new CliError(message, "name another file", ExitCode.usage);
}

function inTheWay(file: string): CliError {
  return new CliError(
    `${plain(file)} is there already`,
    "name another file, or pass --force to replace it",
    ExitCode.usage,
  );
}
