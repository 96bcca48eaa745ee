import { MockStartError } from "../mock-start-error.ts";
import { Accounts } from "./accounts.ts";
import { Clock } from "./clock.ts";
import { Connection } from "./connection.ts";
import { Network } from "./network.ts";
import { Packages } from "./packages/packages.ts";
import type { Seed } from "./seed.ts";
import { Sims } from "./sims/sims.ts";
import { storedOffset } from "./stored-offset.ts";
import { Templates } from "./templates/templates.ts";

/** The state of a stateful mock, in a file or in memory. */
export class Store {
  readonly #connection: Connection;
  readonly #began = performance.now();
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly sims: Sims;
  readonly templates: Templates;
  readonly packages: Packages;
  readonly network: Network;

  /** @throws MockStartError with code `STATE` for a file that cannot be used */
  constructor(file: string | undefined, seed: Seed) {
    this.#connection = new Connection(file);
    this.clock = new Clock(storedOffset(this.#connection));
    try {
      this.accounts = new Accounts(this.#connection, this.clock, seed);
    } catch (error) {
      this.#connection.close();
      const reason = error instanceof Error ? error.message : String(error);
      throw new MockStartError("STATE", `Cannot create a state in ${file ?? "memory"}: ${reason}.`);
    }
    this.sims = new Sims(this.#connection, this.accounts, this.clock);
    this.templates = new Templates(this.#connection, this.accounts, this.clock);
    this.packages = new Packages(this.#connection, this.accounts, this.clock, this.sims, this.templates);
    this.network = new Network(this.accounts, this.clock, this.sims, this.packages);
  }

  /** Whole seconds since the mock started. */
  uptime(): number {
    return Math.floor((performance.now() - this.#began) / 1000);
  }

  /** Changes whenever something stored changes or expires. */
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
