import { Accounts } from "./accounts.ts";
import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { Packages } from "./packages/packages.ts";
import type { Seed } from "./seed.ts";

/** What a stateful mock keeps. */
export class Store {
  readonly #connection: Connection;
  readonly accounts: Accounts;
  readonly packages: Packages;

  constructor(connection: Connection, clock: Clock, seed: Seed) {
    this.#connection = connection;
    this.accounts = new Accounts(connection, clock, seed);
    this.packages = new Packages(connection, this.accounts, clock);
  }

  reset(): void {
    this.accounts.reset();
  }

  close(): void {
    this.#connection.close();
  }
}
