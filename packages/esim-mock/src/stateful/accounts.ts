import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { INSERT } from "./packages/rows.ts";
import type { Seed, SeedPackage } from "./seed.ts";
import { DEFAULT_WINDOW_SECONDS, secondsOf } from "./time-allowance.ts";
import type { PackageTemplate, Sim } from "./wire.ts";

const DAY = 86_400_000;

/** Whether a user has an account, and whether nothing is due. */
const SETTLED = `SELECT EXISTS (SELECT 1 FROM account WHERE user = :user)
  AND NOT EXISTS (SELECT 1 FROM package WHERE status IN ('ACTIVE', 'SUSPENDED') AND expiry <= :now) AS settled`;

/** The accounts of all users. Each user has one of its own, which begins as the seed says. */
export class Accounts {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly templates = new Map<number, PackageTemplate>();
  readonly sims = new Map<string, Sim>();
  #seed: Seed;
  #day: number;

  /** Takes over what the database holds, or begins with the seed. */
  constructor(connection: Connection, clock: Clock, seed: Seed) {
    this.#connection = connection;
    this.#clock = clock;
    const origin = this.#connection.get<{ day: number; seed: string }>("SELECT day, seed FROM origin", {});
    this.#seed = origin ? JSON.parse(origin.seed) : seed;
    // Times of the seed count from a whole day, so that two mocks that start on the same one are equal.
    this.#day = origin?.day ?? Math.floor(clock.now() / DAY) * DAY;
    if (!origin) this.#begin();
    for (const template of this.#seed.templates) this.templates.set(template.id, template);
    for (const sim of this.#seed.sims) this.sims.set(sim.iccid, sim);
  }

  /** Forgets every account, and begins again with the seed. */
  reset(): void {
    this.#day = Math.floor(this.#clock.now() / DAY) * DAY;
    this.#connection.exec(
      "BEGIN IMMEDIATE; DELETE FROM package; DELETE FROM tally; DELETE FROM account; DELETE FROM sim; DELETE FROM template; DELETE FROM origin; COMMIT",
    );
    this.#begin();
  }

  #begin(): void {
    this.#connection.transaction("BEGIN IMMEDIATE", () => {
      this.#connection.run("INSERT INTO origin (day, seed) VALUES (:day, :seed)", {
        day: this.#day,
        seed: JSON.stringify(this.#seed),
      });
      for (const template of this.#seed.templates) {
        this.#connection.run("INSERT INTO template (id, json) VALUES (:id, :json)", {
          id: template.id,
          json: JSON.stringify(template),
        });
      }
      for (const { iccid, inventory } of this.#seed.sims) {
        this.#connection.run("INSERT INTO sim (iccid, inventory) VALUES (:iccid, :inventory)", {
          iccid,
          inventory,
        });
      }
    });
  }

  /** Runs one operation of a user's that writes, after what is due has expired, in an account that is there. */
  write<T>(user: string, operation: () => T): T {
    return this.#connection.transaction("BEGIN IMMEDIATE", () => {
      if (!this.#isSettled(user)) this.#settle(user);
      return operation();
    });
  }

  /** The same for one that only reads, which need not wait for those that write. */
  read<T extends object>(user: string, operation: () => T): T {
    const found = this.#connection.transaction("BEGIN", () =>
      this.#isSettled(user) ? operation() : undefined,
    );
    return found ?? this.write(user, operation);
  }

  #isSettled(user: string): boolean {
    return (
      this.#connection.get<{ settled: number }>(SETTLED, { user, now: this.#clock.now() })?.settled === 1
    );
  }

  #settle(user: string): void {
    const opened = this.#connection.run("INSERT OR IGNORE INTO account (user) VALUES (:user)", { user });
    if (opened > 0)
      for (const [n, each] of this.#seed.packages.entries()) this.#insertSeeded(user, n + 1, each);
    this.#connection.run(
      "UPDATE package SET status = 'TERMINATED', terminated = expiry WHERE status IN ('ACTIVE', 'SUSPENDED') AND expiry <= :now",
      { now: this.#clock.now() },
    );
  }

  #insertSeeded(user: string, number: number, seeded: SeedPackage): void {
    const template = this.templates.get(seeded.package_template);
    if (!template) return;
    const left = 1 - (seeded.used ?? 0);
    const created = this.#day + seeded.created;
    const activated = seeded.activated === undefined ? 0 : this.#day + seeded.activated;
    const allowance = secondsOf(template);
    this.#connection.run(INSERT, {
      user,
      number,
      sim: seeded.sim,
      template: template.id,
      status: seeded.status,
      created,
      activated,
      terminated: seeded.terminated === undefined ? 0 : this.#day + seeded.terminated,
      expiry: activated && activated + allowance * 1000,
      window_start: created,
      window_end: created + (template.activation_time_allowance ?? DEFAULT_WINDOW_SECONDS) * 1000,
      voice: Math.floor((template.voice_usage_allowance ?? 0) * left),
      data: Math.floor(template.data_usage_allowance * left),
      sms: Math.floor((template.sms_usage_allowance ?? 0) * left),
      allowance,
    });
  }
}
