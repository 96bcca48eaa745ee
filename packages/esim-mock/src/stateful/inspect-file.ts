import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  type Stats,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { START_BUSY_MILLISECONDS } from "./database-error.ts";
import { MIGRATIONS } from "./migrations/index.ts";

/** Marks a file as the state of a mock; "eSIM" in ASCII. */
export const APPLICATION_ID = 0x6553494d;

/** Versions up to this one were written without the mark. */
const LAST_UNMARKED_VERSION = 2;

const TABLES = ["account", "origin", "package", "sim", "template"];

/** Position and length of the mark in SQLite's header. */
const MARK_OFFSET = 68;
const HEADER_LENGTH = 100;

/** Why a file is not a usable state; undefined if it is. Changes neither the file nor those beside it. */
export function inspectFile(file: string): string | undefined {
  const stats = statSync(file);
  if (!stats.isFile()) return stats.isDirectory() ? "it is a directory" : "it is not a regular file";
  if (isReadOnly(file, stats)) return "it is read-only";
  if (stats.size === 0) return undefined;
  const header = readHeader(file);
  if (!header.toString("latin1").startsWith("SQLite format 3\0"))
    return "it is not an SQLite database, or is damaged";
  if (!hasLog(file)) return inspectDatabase(file);
  return header.readInt32BE(MARK_OFFSET) === APPLICATION_ID ? inspectLogged(file) : inspectCopy(file);
}

/** Whether the pages of a database contradict each other. */
export function isDamaged(database: DatabaseSync): boolean {
  return database.prepare("PRAGMA quick_check(1)").get()?.quick_check !== "ok";
}

/** Checks the mode too: root may write to anything, but would be surprised if we did. */
function isReadOnly(file: string, { mode }: Stats): boolean {
  if ((mode & 0o222) === 0) return true;
  try {
    accessSync(file, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH);
  const descriptor = openSync(file, "r");
  readSync(descriptor, header);
  closeSync(descriptor);
  return header;
}

/** Whether the newest pages are in the log beside the file. */
function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** A state that another mock is using, or was using when it was killed. Opening it would change its log, so a copy is inspected. */
function inspectLogged(file: string): string | undefined {
  const database = new DatabaseSync(file, { readOnly: true, timeout: START_BUSY_MILLISECONDS });
  try {
    const version = Number(database.prepare("PRAGMA user_version").get()?.user_version);
    return version > MIGRATIONS.length ? newer(version) : undefined;
  } finally {
    database.close();
  }
}

function inspectCopy(file: string): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), "esim-mock-"));
  try {
    const copy = join(directory, "state");
    copyFileSync(file, copy);
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    // Opened for writing once, to merge the log into the copy.
    const database = new DatabaseSync(copy);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    return inspectDatabase(copy);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function inspectDatabase(file: string): string | undefined {
  const url = pathToFileURL(file);
  // SQLite creates files beside one that it opens for writing.
  url.searchParams.set("immutable", "1");
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    const { application_id: mark } = database.prepare("PRAGMA application_id").get() as {
      application_id: number;
    };
    const { user_version: version } = database.prepare("PRAGMA user_version").get() as {
      user_version: number;
    };
    const things = database.prepare("SELECT name, type FROM sqlite_schema").all();
    const tables = things.filter(({ type }) => type === "table").map(({ name }) => String(name));
    if (mark === 0 && version === 0 && things.length === 0) return undefined;
    const isUnmarkedState =
      mark === 0 &&
      version >= 1 &&
      version <= LAST_UNMARKED_VERSION &&
      TABLES.every((name) => tables.includes(name)) &&
      // Mocks of that time added their tables to any database.
      tables.every((name) => [...TABLES, "tally"].includes(name) || name.startsWith("sqlite_"));
    if (mark !== APPLICATION_ID && !isUnmarkedState) return "another program wrote it";
    if (version > MIGRATIONS.length) return newer(version);
    return version < 1 || !TABLES.every((name) => tables.includes(name)) || isDamaged(database)
      ? "it is damaged"
      : undefined;
  } finally {
    database.close();
  }
}

/** Describes a file of a later version. */
export function newer(version: number): string {
  return `a newer mock wrote it (version ${version}; this one supports up to ${MIGRATIONS.length})`;
}
