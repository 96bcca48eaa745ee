import { MockStartError } from "../mock-start-error.ts";
import { Accounts } from "./accounts.ts";
import { Clock } from "./clock.ts";
import { Connection } from "./connection.ts";
import { Packages } from "./packages/packages.ts";
import type { Seed } from "./seed.ts";
import { storedOffset } from "./stored-offset.ts";

/** What a stateful mock keeps, in a file or in memory. */
export class Store {
  readonly #connection: Connection;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly packages: Packages;

  /** @throws MockStartError with code `STATE` for a file that cannot be used */
  constructor(file: string | undefined, seed: Seed) {
    this.#connection = new Connection(file);
    this.clock = new Clock(storedOffset(this.#connection));
    try {
      this.accounts = new Accounts(this.#connection, this.clock, seed);
    } catch (error) {
      this.#connection.close();
      const reason = error instanceof Error ? error.message : String(error);
      throw new MockStartError("STATE", `Cannot begin a state in ${file ?? "memory"}: ${reason}.`);
    }
    this.packages = new Packages(this.#connection, this.accounts, this.clock);
  }

  /** Another one whenever something that is stored has changed, what has expired included. */
  version(): string {
    return this.accounts.read("", () => ({ version: this.#connection.version() })).version;
  }

  reset(): void {
    this.accounts.reset();
  }

  close(): void {
    this.#connection.close();
  }
}
