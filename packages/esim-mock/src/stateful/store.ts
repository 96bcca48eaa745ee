import type { DatabaseSync, StatementSync } from "node:sqlite";
import { Refusal } from "../http/refusal.ts";
import type { Clock } from "./clock.ts";
import type { Seed, SeedPackage } from "./seed.ts";
import { type PackageRow, type PackageTemplate, type Sim, type Status, timeUnits } from "./wire.ts";

/** Which packages to list; what is undefined does not filter. */
export interface Filter {
  readonly inventory?: number | undefined;
  readonly template?: number | undefined;
  readonly sim?: string | undefined;
  readonly status?: Status | undefined;
}

/** What of a package's allowances to use up. */
export interface Usage {
  /** Bytes. */
  readonly data?: number | undefined;
  /** Minutes. */
  readonly voice?: number | undefined;
  readonly sms?: number | undefined;
}

const DAY = 86_400_000;

/** For a template that does not say how long its packages can wait. */
const DEFAULT_WINDOW_SECONDS = 31_536_000;

/** So that the first package of an account is the one of the document's examples, `pkg_123456`. */
const FIRST_ID = 123_455;

const FIELDS = [
  "sim",
  "template",
  "status",
  "created",
  "activated",
  "terminated",
  "expiry",
  "window_start",
  "window_end",
  "voice",
  "data",
  "sms",
  "allowance",
] as const;

const SELECT = `SELECT 'pkg_' || (number + ${FIRST_ID}) AS id, ${FIELDS.join(", ")} FROM package`;

const INSERT = `INSERT INTO package (user, number, inventory, ${FIELDS.join(", ")})
  VALUES (:user, :number, (SELECT inventory FROM sim WHERE iccid = :sim), ${FIELDS.map((name) => `:${name}`).join(", ")})`;

/** What is selected, the ID and then `FIELDS`, as a row: `node:sqlite` makes an array much faster than an object. */
function rowOf(selected: readonly unknown[]): PackageRow {
  return {
    id: selected[0],
    sim: selected[1],
    template: selected[2],
    status: selected[3],
    created: selected[4],
    activated: selected[5],
    terminated: selected[6],
    expiry: selected[7],
    window_start: selected[8],
    window_end: selected[9],
    voice: selected[10],
    data: selected[11],
    sms: selected[12],
    allowance: selected[13],
  } as PackageRow;
}

/** Whether a user has an account, and whether nothing is due. */
const SETTLED = `SELECT EXISTS (SELECT 1 FROM account WHERE user = :user)
  AND NOT EXISTS (SELECT 1 FROM package WHERE status IN ('ACTIVE', 'SUSPENDED') AND expiry <= :now) AS settled`;

/**
 * The packages of all accounts, and the rules of their lives. Each user has an account of its own, which begins as the
 * seed says. Every method first lets what is due expire, and is one transaction; it writes only if there is something to write.
 *
 * Methods throw a `Refusal` with the status and the message that the caller gets.
 */
export class Store {
  readonly #database: DatabaseSync;
  readonly #clock: Clock;
  readonly #statements = new Map<string, StatementSync>();
  readonly #templates = new Map<number, PackageTemplate>();
  readonly #sims = new Map<string, Sim>();
  #seed: Seed;
  #day: number;

  /** Takes over what the database holds, or begins with the seed. */
  constructor(database: DatabaseSync, clock: Clock, seed: Seed) {
    this.#database = database;
    this.#clock = clock;
    const origin = this.#get<{ day: number; seed: string }>("SELECT day, seed FROM origin", {});
    this.#seed = origin ? JSON.parse(origin.seed) : seed;
    // Times of the seed count from a whole day, so that two mocks that start on the same one are equal.
    this.#day = origin?.day ?? Math.floor(clock.now() / DAY) * DAY;
    if (!origin) this.#begin();
    for (const template of this.#seed.templates) this.#templates.set(template.id, template);
    for (const sim of this.#seed.sims) this.#sims.set(sim.iccid, sim);
  }

  list(user: string, filter: Filter, count: number, offset: number): { total: number; rows: PackageRow[] } {
    const given = Object.entries(filter).filter(([, value]) => value !== undefined);
    const parameters = { user, ...Object.fromEntries(given) };
    const matches = ["user", ...given.map(([name]) => name)]
      .map((name) => `${name} = :${name}`)
      .join(" AND ");
    const kept =
      filter.sim === undefined ? "sum(packages) AS total FROM tally" : "count(*) AS total FROM package";
    return this.#read(user, () => {
      const counted = this.#get<{ total: number | null }>(`SELECT ${kept} WHERE ${matches}`, parameters);
      // For a bare parameter as limit SQLite plans anew at each call, which takes longer than to read the rows.
      const page = this.#statement(
        `${SELECT} WHERE ${matches} ORDER BY created DESC, number DESC LIMIT :count + 0 OFFSET :offset + 0`,
      );
      page.setReturnArrays(true);
      const rows = page.all({ ...parameters, count, offset }) as unknown as unknown[][];
      return { total: counted?.total ?? 0, rows: rows.map(rowOf) };
    });
  }

  /** Who has an account, the latest first, and how many packages. */
  accounts(count: number): { total: number; accounts: { user: string; packages: number }[] } {
    const accounts = this.#statement(
      `SELECT user, (SELECT coalesce(sum(packages), 0) FROM tally WHERE tally.user = account.user) AS packages
        FROM account ORDER BY rowid DESC LIMIT :count`,
    ).all({ count }) as { user: string; packages: number }[];
    return {
      total: this.#get<{ total: number }>("SELECT count(*) AS total FROM account", {})?.total ?? 0,
      accounts,
    };
  }

  /** The SIMs of an account that can get a package, by their number. */
  freeSims(user: string, count: number): { total: number; sims: Sim[] } {
    const free = `FROM sim WHERE NOT EXISTS (
      SELECT 1 FROM package WHERE user = :user AND package.sim = iccid AND status <> 'TERMINATED')`;
    return this.#read(user, () => ({
      total: this.#get<{ total: number }>(`SELECT count(*) AS total ${free}`, { user })?.total ?? 0,
      sims: this.#statement(`SELECT iccid, inventory ${free} ORDER BY iccid LIMIT :count`).all({
        user,
        count,
      }) as unknown as Sim[],
    }));
  }

  templates(): PackageTemplate[] {
    return [...this.#templates.values()];
  }

  get(user: string, id: string): PackageRow {
    return this.#read(user, () => this.#find(user, id));
  }

  create(user: string, sim: string, templateId: number, allowance?: number): PackageRow {
    return this.#transaction(user, () => {
      if (!this.#sims.has(sim)) throw new Refusal(400, `SIM ${sim} is not one of this account`);
      const template = this.#templates.get(templateId);
      if (!template) throw new Refusal(400, `Package template ${templateId} does not exist`);
      const now = this.#clock.now();
      refuseUnavailable(template, now);
      const seconds = allowance ?? secondsOf(template);
      if (seconds <= 0 || !Number.isSafeInteger(now + seconds * 1000)) {
        throw new Refusal(400, `A package cannot last ${seconds} seconds`);
      }
      const live = this.#get(
        "SELECT 1 AS live FROM package WHERE user = :user AND sim = :sim AND status <> 'TERMINATED'",
        { user, sim },
      );
      if (live) throw new Refusal(409, "A package already exists for this SIM");
      const last = this.#get<{ number: number | null }>(
        "SELECT max(number) AS number FROM package WHERE user = :user",
        { user },
      );
      const number = (last?.number ?? 0) + 1;
      this.#insert(user, number, {
        sim,
        template: template.id,
        status: "NOT_ACTIVE",
        created: now,
        activated: 0,
        terminated: 0,
        expiry: 0,
        window_start: now,
        window_end: now + (template.activation_time_allowance ?? DEFAULT_WINDOW_SECONDS) * 1000,
        voice: template.voice_usage_allowance ?? 0,
        data: template.data_usage_allowance,
        sms: template.sms_usage_allowance ?? 0,
        allowance: seconds,
      });
      return this.#find(user, idOf(number));
    });
  }

  activate(user: string, id: string): void {
    this.#transaction(user, () => {
      const row = this.#find(user, id);
      if (row.status !== "NOT_ACTIVE")
        throw new Refusal(400, `Package cannot be activated: it is ${row.status}`);
      this.#start(user, row);
    });
  }

  terminate(user: string, id: string): void {
    this.#transaction(user, () => {
      const { status } = this.#find(user, id);
      if (status !== "ACTIVE" && status !== "SUSPENDED")
        throw new Refusal(400, `Package cannot be terminated: it is ${status}`);
      this.#update(user, id, "status = 'TERMINATED', terminated = :now", { now: this.#clock.now() });
    });
  }

  /** Uses up data, minutes and SMS, down to 0. The first use of the network activates a package of an AUTO template. */
  use(user: string, id: string, { data = 0, voice = 0, sms = 0 }: Usage): PackageRow {
    return this.#transaction(user, () => {
      const row = this.#find(user, id);
      const automatic = this.#templates.get(row.template)?.activation_type === "AUTO";
      if (row.status === "NOT_ACTIVE" && automatic) this.#start(user, row);
      else if (row.status !== "ACTIVE")
        throw new Refusal(400, `Package cannot use the network: it is ${row.status}`);
      this.#update(
        user,
        id,
        "data = max(0, data - :data), voice = max(0, voice - :voice), sms = max(0, sms - :sms)",
        { data, voice, sms },
      );
      return this.#find(user, id);
    });
  }

  suspend(user: string, id: string): PackageRow {
    return this.#move(user, id, "ACTIVE", "SUSPENDED", "suspended");
  }

  resume(user: string, id: string): PackageRow {
    return this.#move(user, id, "SUSPENDED", "ACTIVE", "resumed");
  }

  /** Forgets every account, and begins again with the seed. */
  reset(): void {
    this.#day = Math.floor(this.#clock.now() / DAY) * DAY;
    this.#database.exec(
      "BEGIN IMMEDIATE; DELETE FROM package; DELETE FROM tally; DELETE FROM account; DELETE FROM sim; DELETE FROM template; DELETE FROM origin; COMMIT",
    );
    this.#begin();
  }

  template(id: number): PackageTemplate | undefined {
    return this.#templates.get(id);
  }

  close(): void {
    this.#database.close();
  }

  #begin(): void {
    this.#atomically("BEGIN IMMEDIATE", () => {
      this.#run("INSERT INTO origin (day, seed) VALUES (:day, :seed)", {
        day: this.#day,
        seed: JSON.stringify(this.#seed),
      });
      for (const template of this.#seed.templates) {
        this.#run("INSERT INTO template (id, json) VALUES (:id, :json)", {
          id: template.id,
          json: JSON.stringify(template),
        });
      }
      for (const { iccid, inventory } of this.#seed.sims) {
        this.#run("INSERT INTO sim (iccid, inventory) VALUES (:iccid, :inventory)", { iccid, inventory });
      }
    });
  }

  /** Runs one operation of a user's that writes, after what is due has expired, in an account that is there. */
  #transaction<T>(user: string, operation: () => T): T {
    return this.#atomically("BEGIN IMMEDIATE", () => {
      if (!this.#isSettled(user)) this.#settle(user);
      return operation();
    });
  }

  /** The same for one that only reads, which need not wait for those that write. */
  #read<T extends object>(user: string, operation: () => T): T {
    const found = this.#atomically("BEGIN", () => (this.#isSettled(user) ? operation() : undefined));
    return found ?? this.#transaction(user, operation);
  }

  #isSettled(user: string): boolean {
    return this.#get<{ settled: number }>(SETTLED, { user, now: this.#clock.now() })?.settled === 1;
  }

  #settle(user: string): void {
    const opened = this.#run("INSERT OR IGNORE INTO account (user) VALUES (:user)", { user });
    if (opened > 0)
      for (const [n, each] of this.#seed.packages.entries()) this.#insertSeeded(user, n + 1, each);
    this.#run(
      "UPDATE package SET status = 'TERMINATED', terminated = expiry WHERE status IN ('ACTIVE', 'SUSPENDED') AND expiry <= :now",
      { now: this.#clock.now() },
    );
  }

  #atomically<T>(begin: "BEGIN" | "BEGIN IMMEDIATE", operation: () => T): T {
    this.#statement(begin).run();
    try {
      const result = operation();
      this.#statement("COMMIT").run();
      return result;
    } catch (error) {
      this.#statement("ROLLBACK").run();
      throw error;
    }
  }

  #start(user: string, { id, window_start, window_end, allowance }: PackageRow): void {
    const now = this.#clock.now();
    const reason =
      now < window_start
        ? `opens at ${time(window_start)}`
        : now > window_end
          ? `closed at ${time(window_end)}`
          : "";
    if (reason)
      throw new Refusal(
        400,
        `Package cannot be activated: its activation window ${reason}, and it is ${time(now)}`,
      );
    this.#update(user, id, "status = 'ACTIVE', activated = :now, expiry = :now + :lasts", {
      now,
      lasts: allowance * 1000,
    });
  }

  #move(user: string, id: string, from: Status, to: Status, done: string): PackageRow {
    return this.#transaction(user, () => {
      const { status } = this.#find(user, id);
      if (status !== from) throw new Refusal(400, `Package cannot be ${done}: it is ${status}`);
      this.#update(user, id, "status = :to", { to });
      return this.#find(user, id);
    });
  }

  #find(user: string, id: string): PackageRow {
    const number = numberOf(id);
    const row =
      number === undefined
        ? undefined
        : this.#get<PackageRow>(`${SELECT} WHERE user = :user AND number = :number`, { user, number });
    if (!row) throw new Refusal(404, "Package not found");
    return row;
  }

  #update(user: string, id: string, change: string, parameters: Record<string, number | string>): void {
    this.#run(`UPDATE package SET ${change} WHERE user = :user AND number = :number`, {
      ...parameters,
      user,
      number: numberOf(id) ?? 0,
    });
  }

  #insert(user: string, number: number, row: Omit<PackageRow, "id">): void {
    this.#run(INSERT, { user, number, ...row });
  }

  #insertSeeded(user: string, number: number, seeded: SeedPackage): void {
    const template = this.#templates.get(seeded.package_template);
    if (!template) return;
    const left = 1 - (seeded.used ?? 0);
    const created = this.#day + seeded.created;
    const activated = seeded.activated === undefined ? 0 : this.#day + seeded.activated;
    const allowance = secondsOf(template);
    this.#insert(user, number, {
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

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #get<Row>(sql: string, parameters: Record<string, number | string | null>): Row | undefined {
    return this.#statement(sql).get(parameters) as Row | undefined;
  }

  #run(sql: string, parameters: Record<string, number | string>): number {
    return Number(this.#statement(sql).run(parameters).changes);
  }
}

function idOf(number: number): string {
  return `pkg_${FIRST_ID + number}`;
}

function numberOf(id: string): number | undefined {
  const digits = /^pkg_([1-9]\d{0,14})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits) - FIRST_ID;
}

function secondsOf({ time_allowance: { unit, duration } }: PackageTemplate): number {
  return timeUnits[unit] * duration;
}

function refuseUnavailable(template: PackageTemplate, now: number): void {
  const { id, status, earliest_available_date: from = 0, latest_available_date: until } = template;
  if (status !== "Active") throw new Refusal(400, `Package template ${id} cannot be used: it is ${status}`);
  if (now < from) throw new Refusal(400, `Package template ${id} cannot be used before ${time(from)}`);
  if (until && now > until)
    throw new Refusal(400, `Package template ${id} cannot be used after ${time(until)}`);
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
