import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MockStartError } from "../mock-start-error.ts";
import { BUSY_MILLISECONDS, isBusy, reasonOf, START_BUSY_MILLISECONDS } from "./database-error.ts";
import { APPLICATION_ID, inspectFile, isDamaged, newer } from "./inspect-file.ts";
import { MIGRATIONS } from "./migrations/index.ts";

/**
 * Opens a state file or, without one, a database in memory. A new file gets its tables; an older one is migrated.
 * @throws MockStartError with code `STATE` for a file that cannot be used, which is left as it was
 */
export function openStateFile(file = ":memory:", attempts = 3): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    const isFile = file !== ":memory:";
    const path = isFile ? pathOf(file) : file;
    if (isFile && existsSync(path)) refuseFor(inspectFile(path));
    database = new DatabaseSync(path, { timeout: START_BUSY_MILLISECONDS });
    database.exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
    const version = versionOf(database);
    if (version > MIGRATIONS.length) refuseFor(newer(version));
    // Another program may have started to use it since it was inspected.
    if (version === 0 && !isEmpty(database)) refuseFor("another program wrote it");
    if (isFile && version > 0 && isDamaged(database)) refuseFor("it is damaged");
    migrate(database, version);
    // With WAL and FULL a write is on disk before it is acknowledged and survives a kill. Not enabled earlier, so that the file
    // itself, and not the log beside it, says from the start whose it is.
    database.exec(`COMMIT; PRAGMA journal_mode = WAL; PRAGMA busy_timeout = ${BUSY_MILLISECONDS}`);
    return database;
  } catch (error) {
    database?.close();
    // SQLite does not wait for every lock: not where another mock is about to turn the log on.
    if (isBusy(error) && attempts > 1) return openStateFile(file, attempts - 1);
    const advice = isBusy(error)
      ? "wait until it has finished, or name another file"
      : "name a new file or one that this mock wrote";
    throw new MockStartError("STATE", `Cannot use ${file} for the state: ${reasonOf(error)}; ${advice}.`);
  }
}

/** Only a path: SQLite also accepts URIs (`file:…`), and looks for the log beside the target of a link. */
function pathOf(file: string): string {
  const path = resolve(file);
  return existsSync(path) ? realpathSync(path) : path;
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare("SELECT count(*) AS things FROM sqlite_schema").get()?.things === 0;
}

function refuseFor(problem: string | undefined): void {
  if (problem !== undefined) throw new Error(problem);
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version);
}

function migrate(database: DatabaseSync, version: number): void {
  if (version === MIGRATIONS.length) return;
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; PRAGMA application_id = ${APPLICATION_ID}`);
}
