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

/** Where SQLite's header has the mark, and how long it is. */
const MARK_OFFSET = 68;
const HEADER_LENGTH = 100;

/** What is wrong with a file as a state, or nothing. Neither the file nor what lies beside it is changed by looking. */
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

/** By its mode too: the superuser may write to anything, and would be surprised if we did. */
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

/** A state that another mock is at work on, or was when it was killed. To look at it leaves the log as it is, which to open it does not. */
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
    // Opened once for writing, so that the log becomes part of the copy.
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
  // SQLite puts files beside one that it takes for changing.
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
      // A mock of that time added its tables to whatever it was given.
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

/** What is wrong with a file of a later version. */
export function newer(version: number): string {
  return `a newer mock wrote it (version ${version}, and this one knows up to ${MIGRATIONS.length})`;
}
