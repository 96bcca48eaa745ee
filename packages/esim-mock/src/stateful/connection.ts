import type { DatabaseSync, StatementSync } from "node:sqlite";
import { BUSY_MILLISECONDS, isBusy, toRefusal } from "./database-error.ts";
import { openStateFile } from "./state-file.ts";

const VERSION = "SELECT total_changes() AS own, data_version AS others FROM pragma_data_version";

/** An open database. Statements are compiled once. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #waits = BUSY_MILLISECONDS;

  /** @throws MockStartError with code `STATE` for a file that cannot be used */
  constructor(file?: string) {
    this.#database = openStateFile(file);
  }

  /** Runs an operation in a transaction, which is rolled back if it throws. */
  transaction<T>(begin: "BEGIN" | "BEGIN IMMEDIATE", operation: () => T): T {
    try {
      this.statement(begin).run();
      const result = operation();
      this.statement("COMMIT").run();
      // Only a write shows whether the lock that writes need is free.
      if (begin === "BEGIN IMMEDIATE") this.#wait(BUSY_MILLISECONDS);
      return result;
    } catch (error) {
      this.#rollBack();
      // A program that holds the lock for long delays one request, not every request after it.
      if (isBusy(error)) this.#wait(0);
      throw toRefusal(error);
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

  all<Row>(sql: string, parameters: Record<string, number | string | null>): Row[] {
    return this.statement(sql).all(parameters) as Row[];
  }

  /** Changes with every write, by this connection or another. */
  version(): string {
    const { own, others } = this.get<{ own: number; others: number }>(VERSION, {}) ?? { own: 0, others: 0 };
    return `${own} ${others}`;
  }

  run(sql: string, parameters: Record<string, number | string>): number {
    return Number(this.statement(sql).run(parameters).changes);
  }

  /** Returns deleted space to the file system, unless another program is using the file. */
  shrink(): void {
    try {
      this.#database.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (error) {
      // The rows are deleted all the same; the next call can free their space.
      if (isBusy(error)) this.#wait(0);
    }
  }

  close(): void {
    this.#database.close();
  }

  #wait(milliseconds: number): void {
    if (milliseconds === this.#waits) return;
    this.#waits = milliseconds;
    this.#database.exec(`PRAGMA busy_timeout = ${milliseconds}`);
  }

  /** After some errors SQLite has already rolled back; and an error here must not hide the original one. */
  #rollBack(): void {
    if (!this.#database.isTransaction) return;
    try {
      this.#database.exec("ROLLBACK");
    } catch {}
  }
}
