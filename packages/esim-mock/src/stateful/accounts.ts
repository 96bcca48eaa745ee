import { Refusal } from "../http/refusal.ts";
import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { INSERT, NO_ACCOUNT, SEEDED } from "./packages/rows.ts";
import type { Seed, SeedPackage } from "./seed.ts";
import { Seeded } from "./seeded.ts";
import { turningPoints } from "./templates/status-at.ts";
import { DEFAULT_WINDOW_SECONDS, lengthFrom } from "./time-allowance.ts";
import type { PackageTemplate, Sim } from "./wire.ts";

const DAY = 86_400_000;

const MAX_USER_LENGTH = 128;

/** The user of the account that holds the seed. No request can name it: a header cannot contain a line break. */
const SEEDED_USER = "\n";

/** The account of a user, whether the seed's account exists, and whether anything is due to expire. */
const READY = `SELECT
  (SELECT id FROM account WHERE user = :user) AS account,
  EXISTS (SELECT 1 FROM account WHERE id = ${SEEDED}) AS isSeeded,
  EXISTS (SELECT 1 FROM package WHERE status IN ('ACTIVE', 'SUSPENDED') AND expiry <= :now)
    OR EXISTS (SELECT 1 FROM turning_point WHERE time <= :now) AS isDue`;

interface Ready {
  readonly account: number | null;
  readonly isSeeded: number;
  readonly isDue: number;
}

const TABLES = ["package", "tally", "template", "sim_change", "turning_point", "account", "sim", "origin"];

/**
 * The accounts of all users. Each user has its own account, which starts out as the seed. The seed is stored once; an account stores
 * only what its user's writes have changed.
 */
export class Accounts {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly seeded: Seeded;

  /** Uses what the database holds, or starts with the seed. */
  constructor(connection: Connection, clock: Clock, seed: Seed) {
    this.#connection = connection;
    this.#clock = clock;
    this.seeded = connection.transaction("BEGIN IMMEDIATE", () => {
      const stored = connection.get<{ seed: string }>("SELECT seed FROM origin", {});
      const seeded = new Seeded(stored ? JSON.parse(stored.seed) : seed);
      if (!stored) this.#begin(seeded);
      return seeded;
    });
  }

  /** The SIMs that every account has. */
  get sims(): ReadonlyMap<string, Sim> {
    return this.seeded.sims;
  }

  /** The templates that every account has. */
  get templates(): ReadonlyMap<number, PackageTemplate> {
    return this.seeded.templates;
  }

  /** Runs an operation that writes to a user's account, after expiring what is due. */
  write<T>(user: string, operation: (account: number) => T): T {
    refuseUser(user);
    return this.#connection.transaction("BEGIN IMMEDIATE", () => {
      this.#settle();
      return operation(this.#look(user).account ?? this.#add(user));
    });
  }

  /** The same for a read, which need not wait for writers. */
  read<T extends object>(user: string, operation: (account: number) => T): T {
    refuseUser(user);
    const found = this.#connection.transaction("BEGIN", () => {
      const { account, isSeeded, isDue } = this.#look(user);
      return isDue || !isSeeded ? undefined : operation(account ?? NO_ACCOUNT);
    });
    if (found) return found;
    return this.#connection.transaction("BEGIN IMMEDIATE", () => {
      this.#settle();
      return operation(this.#look(user).account ?? NO_ACCOUNT);
    });
  }

  /** All accounts, latest first, with their number of packages. */
  list(count: number): { total: number; accounts: { user: string; packages: number }[] } {
    const total = this.#connection.get<{ total: number }>(
      `SELECT count(*) AS total FROM account WHERE id <> ${SEEDED}`,
      {},
    );
    const accounts = this.#connection.all<{ user: string; packages: number }>(
      `SELECT user, (SELECT coalesce(sum(packages), 0) FROM tally WHERE account IN (account.id, ${SEEDED})) AS packages
        FROM account WHERE id <> ${SEEDED} ORDER BY id DESC LIMIT :count`,
      { count },
    );
    return { total: total?.total ?? 0, accounts };
  }

  /** Deletes every account and starts again with the seed. */
  reset(): void {
    this.#connection.transaction("BEGIN IMMEDIATE", () => {
      for (const table of TABLES) this.#connection.run(`DELETE FROM ${table}`, {});
      this.#begin(this.seeded);
    });
    this.#connection.shrink();
  }

  /** The seed's times count from midnight, so that two mocks started on the same day are equal. */
  #begin(seeded: Seeded): void {
    const { seed } = seeded;
    this.#connection.run("INSERT INTO origin (day, seed) VALUES (:day, :seed)", {
      day: Math.floor(this.#clock.now() / DAY) * DAY,
      seed: JSON.stringify(seed),
    });
    for (const sim of seed.sims) {
      this.#connection.run(
        "INSERT INTO sim (iccid, inventory, is_sellable) VALUES (:iccid, :inventory, :sellable)",
        {
          iccid: sim.iccid,
          inventory: sim.inventory,
          sellable: Number(seeded.isSellable(sim)),
        },
      );
    }
    for (const template of seed.templates) this.addTurningPoints(template);
    this.#addSeeded(seeded);
  }

  /** Registers times at which answers that show a template become stale. Within a transaction. */
  addTurningPoints(template: PackageTemplate): void {
    for (const time of turningPoints(template))
      this.#connection.run("INSERT OR IGNORE INTO turning_point (time) VALUES (:time)", { time });
  }

  #add(user: string): number {
    const { account } = this.#connection.get<{ account: number }>(
      "INSERT INTO account (user) VALUES (:user) RETURNING id AS account",
      { user },
    ) as { account: number };
    return account;
  }

  #look(user: string): Ready {
    return this.#connection.get<Ready>(READY, { user, now: this.#clock.now() }) as Ready;
  }

  #settle(): void {
    const { isSeeded, isDue } = this.#look(SEEDED_USER);
    if (!isSeeded) this.#addSeeded(this.seeded);
    if (isDue || !isSeeded) this.#expire();
  }

  /** Done at the start so that no request waits for it; files of early versions lack it until the first read. */
  #addSeeded(seeded: Seeded): void {
    const day = this.#connection.get<{ day: number }>("SELECT day FROM origin", {})?.day ?? 0;
    this.#connection.run(`INSERT INTO account (id, user) VALUES (${SEEDED}, :user)`, { user: SEEDED_USER });
    for (const [index, each] of seeded.seed.packages.entries())
      this.#insertSeeded(index + 1, day, each, seeded.templates.get(each.package_template));
  }

  #expire(): void {
    this.#connection.run(
      "UPDATE package SET status = 'TERMINATED', terminated = expiry WHERE status IN ('ACTIVE', 'SUSPENDED') AND expiry <= :now",
      { now: this.#clock.now() },
    );
    this.#connection.run("DELETE FROM turning_point WHERE time <= :now", { now: this.#clock.now() });
  }

  #insertSeeded(number: number, day: number, seeded: SeedPackage, template?: PackageTemplate): void {
    if (!template) return;
    const left = 1 - (seeded.used ?? 0);
    const created = day + seeded.created;
    const activated = seeded.activated === undefined ? 0 : day + seeded.activated;
    const { seconds: allowance, months } = lengthFrom(template, activated || created);
    this.#connection.run(INSERT, {
      account: SEEDED,
      number,
      sim: seeded.sim,
      template: template.id,
      status: seeded.status,
      created,
      activated,
      terminated: seeded.terminated === undefined ? 0 : day + seeded.terminated,
      expiry: activated && activated + allowance * 1000,
      window_start: created,
      window_end: created + (template.activation_time_allowance ?? DEFAULT_WINDOW_SECONDS) * 1000,
      voice: Math.floor((template.voice_usage_allowance ?? 0) * left),
      data: Math.floor(template.data_usage_allowance * left),
      sms: Math.floor((template.sms_usage_allowance ?? 0) * left),
      allowance,
      months,
    });
  }
}

/** Also for operations that use no account. @throws Refusal (400) for a user ID that cannot have an account */
export function refuseUser(user: string): void {
  if (user.length > MAX_USER_LENGTH)
    throw new Refusal(
      400,
      `x-user-id has ${user.length} characters; a stateful mock accepts at most ${MAX_USER_LENGTH}`,
    );
  if (user === SEEDED_USER) throw new Refusal(400, "x-user-id cannot be a line break");
}
