import { DatabaseSync, type StatementSync } from "node:sqlite";
import { MockStartError } from "../mock-start-error.ts";

/** Raised with every change of the tables below. */
const SCHEMA_VERSION = 2;

const SCHEMA = `
  -- The day on which the state began, which the times of the seed count from; and the seed itself, for accounts to come.
  CREATE TABLE origin (day INTEGER NOT NULL, seed TEXT NOT NULL) STRICT;
  CREATE TABLE template (id INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE sim (iccid TEXT PRIMARY KEY, inventory INTEGER NOT NULL) STRICT;
  CREATE TABLE account (user TEXT PRIMARY KEY) STRICT;
  CREATE TABLE package (
    user TEXT NOT NULL REFERENCES account,
    -- Counts within the account, so that each begins with the same IDs.
    number INTEGER NOT NULL,
    sim TEXT NOT NULL REFERENCES sim,
    -- That of the SIM, which never changes; here, so that an index can have it.
    inventory INTEGER NOT NULL,
    template INTEGER NOT NULL REFERENCES template,
    status TEXT NOT NULL CHECK (status IN ('NOT_ACTIVE', 'ACTIVE', 'SUSPENDED', 'TERMINATED')),
    created INTEGER NOT NULL,
    activated INTEGER NOT NULL,
    terminated INTEGER NOT NULL,
    expiry INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    window_end INTEGER NOT NULL,
    voice INTEGER NOT NULL CHECK (voice >= 0),
    data INTEGER NOT NULL CHECK (data >= 0),
    sms INTEGER NOT NULL CHECK (sms >= 0),
    allowance INTEGER NOT NULL,
    PRIMARY KEY (user, number)
  ) STRICT;
  -- The rule that one SIM has one live package is kept by the database, also between two programs on one file.
  CREATE UNIQUE INDEX one_live_package ON package (user, sim) WHERE status <> 'TERMINATED';
  -- One for each way to filter, so that a page costs what it shows, not what the account holds.
  CREATE INDEX newest_first ON package (user, created DESC, number DESC);
  CREATE INDEX newest_of_sim ON package (user, sim, created DESC, number DESC);
  CREATE INDEX newest_of_status ON package (user, status, created DESC, number DESC);
  CREATE INDEX newest_of_template ON package (user, template, created DESC, number DESC);
  CREATE INDEX newest_of_inventory ON package (user, inventory, created DESC, number DESC);
  CREATE INDEX next_to_expire ON package (expiry) WHERE status IN ('ACTIVE', 'SUSPENDED');
  -- How many packages there are of each kind, so that nobody has to count them.
  CREATE TABLE tally (
    user TEXT NOT NULL REFERENCES account,
    status TEXT NOT NULL,
    template INTEGER NOT NULL,
    inventory INTEGER NOT NULL,
    packages INTEGER NOT NULL,
    PRIMARY KEY (user, status, template, inventory)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER tally_new AFTER INSERT ON package BEGIN
    INSERT INTO tally VALUES (NEW.user, NEW.status, NEW.template, NEW.inventory, 1)
      ON CONFLICT DO UPDATE SET packages = packages + 1;
  END;
  CREATE TRIGGER tally_moved AFTER UPDATE OF status ON package BEGIN
    UPDATE tally SET packages = packages - 1
      WHERE user = OLD.user AND status = OLD.status AND template = OLD.template AND inventory = OLD.inventory;
    INSERT INTO tally VALUES (NEW.user, NEW.status, NEW.template, NEW.inventory, 1)
      ON CONFLICT DO UPDATE SET packages = packages + 1;
  END;
`;

/**
 * Opens a database, in memory without a file, and makes its tables if it is new.
 * @throws MockStartError with code `STATE` for a file that is something else, or of another version
 */
function openDatabase(file = ":memory:"): DatabaseSync {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file);
    // With WAL and FULL a write is on the disk before it is acknowledged, and survives a kill.
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000",
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MockStartError(
      "STATE",
      `Cannot use ${file} for the state: ${reason}. Name a new file, or one that this mock wrote.`,
    );
  }
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version === 0) {
    database.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
  } else if (version !== SCHEMA_VERSION) {
    database.close();
    throw new MockStartError(
      "STATE",
      `${file} holds state of version ${version}, and this mock knows ${SCHEMA_VERSION}. Name a new file.`,
    );
  }
  return database;
}

/** An open database. Statements are compiled once. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @throws MockStartError with code `STATE` for a file that cannot be used */
  constructor(file?: string) {
    this.#database = openDatabase(file);
  }

  /** Runs an operation in a transaction, and takes all of it back if it throws. */
  transaction<T>(begin: "BEGIN" | "BEGIN IMMEDIATE", operation: () => T): T {
    this.statement(begin).run();
    try {
      const result = operation();
      this.statement("COMMIT").run();
      return result;
    } catch (error) {
      this.statement("ROLLBACK").run();
      throw error;
    }
  }

  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  get<Row>(sql: string, parameters: Record<string, number | string | null>): Row | undefined {
    return this.statement(sql).get(parameters) as Row | undefined;
  }

  run(sql: string, parameters: Record<string, number | string>): number {
    return Number(this.statement(sql).run(parameters).changes);
  }

  /** Runs statements that are needed once. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  close(): void {
    this.#database.close();
  }
}
