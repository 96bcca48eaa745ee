import { Refusal } from "../http/refusal.ts";
import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { COPY, INSERT } from "./packages/rows.ts";
import type { Seed, SeedPackage } from "./seed.ts";
import { DEFAULT_WINDOW_SECONDS, secondsOf } from "./time-allowance.ts";
import type { PackageTemplate, Sim } from "./wire.ts";

const DAY = 86_400_000;

const MAX_USER_LENGTH = 128;

/** The account that all users read until they write. No request can name it: a header holds no line break. */
const UNTOUCHED = "\n";

/** Whether the accounts of a user and the untouched one are there, and whether anything is due. */
const READY = `SELECT
  EXISTS (SELECT 1 FROM account WHERE user = :user) AS isKnown,
  EXISTS (SELECT 1 FROM account WHERE user = '${UNTOUCHED}') AS isSeeded,
  EXISTS (SELECT 1 FROM package WHERE status IN ('ACTIVE', 'SUSPENDED') AND expiry <= :now) AS isDue`;

const TABLES = ["package", "tally", "account", "sim", "template", "origin"];

/**
 * The accounts of all users. Each user has one of its own, which begins as the seed says, and is stored with the user's first
 * write.
 */
export class Accounts {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly templates = new Map<number, PackageTemplate>();
  readonly sims = new Map<string, Sim>();
  readonly #seed: Seed;

  /** Takes over what the database holds, or begins with the seed. */
  constructor(connection: Connection, clock: Clock, seed: Seed) {
    this.#connection = connection;
    this.#clock = clock;
    this.#seed = connection.transaction("BEGIN IMMEDIATE", () => {
      const stored = connection.get<{ seed: string }>("SELECT seed FROM origin", {});
      const kept: Seed = stored ? JSON.parse(stored.seed) : seed;
      for (const template of kept.templates) this.templates.set(template.id, template);
      for (const sim of kept.sims) this.sims.set(sim.iccid, sim);
      if (!stored) this.#begin(kept);
      return kept;
    });
  }

  /** Runs one operation of a user's that writes, after what is due has expired. */
  write<T>(user: string, operation: () => T): T {
    refuseUser(user);
    return this.#connection.transaction("BEGIN IMMEDIATE", () => {
      this.#settle(user);
      if (!this.#look(user).isKnown) {
        this.#connection.run("INSERT INTO account (user) VALUES (:user)", { user });
        this.#connection.run(COPY, { user, from: UNTOUCHED });
      }
      return operation();
    });
  }

  /** The same for one that only reads the account that it is given, which need not wait for those that write. */
  read<T extends object>(user: string, operation: (account: string) => T): T {
    refuseUser(user);
    const found = this.#connection.transaction("BEGIN", () => {
      const { isKnown, isSeeded, isDue } = this.#look(user);
      return isDue || !(isKnown || isSeeded) ? undefined : operation(isKnown ? user : UNTOUCHED);
    });
    if (found) return found;
    return this.#connection.transaction("BEGIN IMMEDIATE", () => {
      this.#settle(user);
      return operation(this.#look(user).isKnown ? user : UNTOUCHED);
    });
  }

  /** Who has an account, the latest first, and how many packages. */
  list(count: number): { total: number; accounts: { user: string; packages: number }[] } {
    const others = { untouched: UNTOUCHED };
    const total = this.#connection.get<{ total: number }>(
      "SELECT count(*) AS total FROM account WHERE user <> :untouched",
      others,
    );
    const accounts = this.#connection.all<{ user: string; packages: number }>(
      `SELECT user, (SELECT coalesce(sum(packages), 0) FROM tally WHERE tally.user = account.user) AS packages
        FROM account WHERE user <> :untouched ORDER BY rowid DESC LIMIT :count`,
      { ...others, count },
    );
    return { total: total?.total ?? 0, accounts };
  }

  /** Forgets every account, and begins again with the seed. */
  reset(): void {
    this.#connection.transaction("BEGIN IMMEDIATE", () => {
      for (const table of TABLES) this.#connection.run(`DELETE FROM ${table}`, {});
      this.#begin(this.#seed);
    });
    this.#connection.shrink();
  }

  /** Times of the seed count from a whole day, so that two mocks that start on the same one are equal. */
  #begin(seed: Seed): void {
    this.#connection.run("INSERT INTO origin (day, seed) VALUES (:day, :seed)", {
      day: Math.floor(this.#clock.now() / DAY) * DAY,
      seed: JSON.stringify(seed),
    });
    for (const template of seed.templates) {
      this.#connection.run("INSERT INTO template (id, json) VALUES (:id, :json)", {
        id: template.id,
        json: JSON.stringify(template),
      });
    }
    for (const { iccid, inventory } of seed.sims) {
      this.#connection.run("INSERT INTO sim (iccid, inventory) VALUES (:iccid, :inventory)", {
        iccid,
        inventory,
      });
    }
    this.#addUntouched(seed);
  }

  #look(user: string): { isKnown: number; isSeeded: number; isDue: number } {
    const found = this.#connection.get<{ isKnown: number; isSeeded: number; isDue: number }>(READY, {
      user,
      now: this.#clock.now(),
    });
    return found ?? { isKnown: 0, isSeeded: 0, isDue: 1 };
  }

  #settle(user: string): void {
    const { isKnown, isSeeded, isDue } = this.#look(user);
    if (!isKnown && !isSeeded) this.#addUntouched(this.#seed);
    if (isDue || !isSeeded) this.#expire();
  }

  /** At the beginning, so that no request has to wait for it; files of earlier versions lack it until somebody reads. */
  #addUntouched(seed: Seed): void {
    const day = this.#connection.get<{ day: number }>("SELECT day FROM origin", {})?.day ?? 0;
    this.#connection.run("INSERT INTO account (user) VALUES (:user)", { user: UNTOUCHED });
    for (const [index, each] of seed.packages.entries()) this.#insertSeeded(UNTOUCHED, index + 1, day, each);
  }

  #expire(): void {
    this.#connection.run(
      "UPDATE package SET status = 'TERMINATED', terminated = expiry WHERE status IN ('ACTIVE', 'SUSPENDED') AND expiry <= :now",
      { now: this.#clock.now() },
    );
  }

  #insertSeeded(user: string, number: number, day: number, seeded: SeedPackage): void {
    const template = this.templates.get(seeded.package_template);
    if (!template) return;
    const left = 1 - (seeded.used ?? 0);
    const created = day + seeded.created;
    const activated = seeded.activated === undefined ? 0 : day + seeded.activated;
    const allowance = secondsOf(template);
    this.#connection.run(INSERT, {
      user,
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
    });
  }
}

function refuseUser(user: string): void {
  if (user.length > MAX_USER_LENGTH)
    throw new Refusal(
      400,
      `x-user-id has ${user.length} characters; a stateful mock takes at most ${MAX_USER_LENGTH}`,
    );
  if (user === UNTOUCHED) throw new Refusal(400, "x-user-id cannot be a line break");
}
