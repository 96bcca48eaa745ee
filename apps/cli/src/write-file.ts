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

/** Readable by this user only: the file may be a QR code, and the first device to scan it gets the eSIM. */
const PRIVATE = 0o600;

/** Checks, before any request is sent, that a file can be written. @throws CliError if it exists already or cannot be written */
export function checkFree(file: string, isForced = false): void {
  if (file === "") throw refused("the file name is empty");
  try {
    const there = found(file);
    if (there?.isDirectory()) throw refused(`${plain(file)} is a folder`);
    const isReplaced = !there || isReplaceable(there);
    if (there && isReplaced && !isForced) throw alreadyExists(file);
    accessSync(isReplaced ? dirname(file) : file, constants.W_OK);
  } catch (error) {
    if (error instanceof CliError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw refused(`cannot write ${plain(file)} [${code}]`);
  }
}

/**
 * Writes a file that only this user can read; replaces an existing one only if forced.
 * @throws CliError if the file exists already or cannot be written
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
    if (code === "EEXIST" && !isForced) throw alreadyExists(file);
    throw new CliError(`cannot write ${plain(file)} [${code}]`, "choose another file", ExitCode.unexpected);
  }
}

/** Replaces a file atomically. A link is replaced itself; its target is left alone. */
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

/** What exists at a path. A link to a device or a pipe is followed; any other link stands for itself. */
function found(file: string): Stats | undefined {
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (!there?.isSymbolicLink()) return there;
  const end = endOf(file);
  return end && !end.isDirectory() ? end : there;
}

/** The target of a link; `undefined` for a dangling or circular one. */
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
  return new CliError(message, "choose another file", ExitCode.usage);
}

function alreadyExists(file: string): CliError {
  return new CliError(
    `${plain(file)} already exists`,
    "choose another file, or pass --force to replace it",
    ExitCode.usage,
  );
}
