import { Refusal } from "../../http/refusal.ts";
import type { Accounts } from "../accounts.ts";
import type { Clock } from "../clock.ts";
import type { Connection } from "../connection.ts";
import { DEFAULT_WINDOW_SECONDS, secondsOf } from "../time-allowance.ts";
import type { PackageRow, PackageTemplate, Sim, Status } from "../wire.ts";
import { KeptPages } from "./kept-pages.ts";
import { INSERT, idOf, numberOf, rowOf, SELECT } from "./rows.ts";

/** Which packages to list; what is undefined does not filter. */
export interface Filter {
  readonly inventory?: number | undefined;
  readonly template?: number | undefined;
  readonly sim?: string | undefined;
  readonly status?: Status | undefined;
}

/** A page of rows, and how many match in all. */
export interface Found {
  readonly total: number;
  readonly rows: readonly PackageRow[];
}

/** What of a package's allowances to use up. */
export interface Usage {
  /** Bytes. */
  readonly data?: number | undefined;
  /** Minutes. */
  readonly voice?: number | undefined;
  readonly sms?: number | undefined;
}

/**
 * The rules of a package's life. Every method is one transaction in the user's account, in which what is due has expired.
 *
 * Methods throw a `Refusal` with the status and the message that the caller gets.
 */
export class Packages {
  readonly #connection: Connection;
  readonly #accounts: Accounts;
  readonly #clock: Clock;
  readonly #pages = new KeptPages();

  constructor(connection: Connection, accounts: Accounts, clock: Clock) {
    this.#connection = connection;
    this.#accounts = accounts;
    this.#clock = clock;
  }

  list(user: string, filter: Filter, count: number, offset: number): Found {
    return this.#accounts.read(user, (account) => this.#list(account, filter, count, offset));
  }

  /** A list in the shape that `toPage` gives it: the same object again until something is written. It must not be changed. */
  page<Page extends { readonly count: number }>(
    user: string,
    filter: Filter,
    count: number,
    offset: number,
    toPage: (found: Found) => Page,
  ): Page {
    return this.#accounts.read(user, (account) =>
      this.#pages.get(this.#connection.version(), JSON.stringify([account, filter, count, offset]), () =>
        toPage(this.#list(account, filter, count, offset)),
      ),
    );
  }

  /** The SIMs of an account that can get a package, by their number. */
  freeSims(user: string, count: number): { total: number; sims: Sim[] } {
    const free = `FROM sim WHERE NOT EXISTS (
      SELECT 1 FROM package WHERE user = :user AND package.sim = iccid AND status <> 'TERMINATED')`;
    return this.#accounts.read(user, (account) => ({
      total:
        this.#connection.get<{ total: number }>(`SELECT count(*) AS total ${free}`, { user: account })
          ?.total ?? 0,
      sims: this.#connection.all<Sim>(`SELECT iccid, inventory ${free} ORDER BY iccid LIMIT :count`, {
        user: account,
        count,
      }),
    }));
  }

  get(user: string, id: string): PackageRow {
    return this.#accounts.read(user, (account) => this.#find(account, id));
  }

  create(user: string, sim: string, templateId: number, allowance?: number): PackageRow {
    return this.#accounts.write(user, () => {
      if (!this.#accounts.sims.has(sim)) throw new Refusal(400, `SIM ${sim} is not one of this account`);
      const template = this.#accounts.templates.get(templateId);
      if (!template) throw new Refusal(400, `Package template ${templateId} does not exist`);
      const now = this.#clock.now();
      refuseUnavailable(template, now);
      const seconds = allowance ?? secondsOf(template);
      if (seconds <= 0 || !Number.isSafeInteger(now + seconds * 1000)) {
        throw new Refusal(400, `A package cannot last ${seconds} seconds`);
      }
      const live = this.#connection.get(
        "SELECT 1 AS live FROM package WHERE user = :user AND sim = :sim AND status <> 'TERMINATED'",
        { user, sim },
      );
      if (live) throw new Refusal(409, "A package already exists for this SIM");
      const last = this.#connection.get<{ number: number | null }>(
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
    this.#accounts.write(user, () => {
      const row = this.#find(user, id);
      if (row.status !== "NOT_ACTIVE")
        throw new Refusal(400, `Package cannot be activated: it is ${row.status}`);
      this.#start(user, row);
    });
  }

  terminate(user: string, id: string): void {
    this.#accounts.write(user, () => {
      const { status } = this.#find(user, id);
      if (status !== "ACTIVE" && status !== "SUSPENDED")
        throw new Refusal(400, `Package cannot be terminated: it is ${status}`);
      this.#update(user, id, "status = 'TERMINATED', terminated = :now", { now: this.#clock.now() });
    });
  }

  /** Uses up data, minutes and SMS, down to 0. The first use of the network activates a package of an AUTO template. */
  use(user: string, id: string, { data = 0, voice = 0, sms = 0 }: Usage): PackageRow {
    return this.#accounts.write(user, () => {
      const row = this.#find(user, id);
      const automatic = this.#accounts.templates.get(row.template)?.activation_type === "AUTO";
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

  #list(account: string, filter: Filter, count: number, offset: number): Found {
    const given = Object.entries(filter).filter(([, value]) => value !== undefined);
    const parameters = { ...Object.fromEntries(given), user: account };
    const matches = ["user", ...given.map(([name]) => name)]
      .map((name) => `${name} = :${name}`)
      .join(" AND ");
    const kept =
      filter.sim === undefined ? "sum(packages) AS total FROM tally" : "count(*) AS total FROM package";
    const counted = this.#connection.get<{ total: number | null }>(
      `SELECT ${kept} WHERE ${matches}`,
      parameters,
    );
    // For a bare parameter as limit SQLite makes a new plan at each call, which takes longer than to read the rows.
    const page = this.#connection.statement(
      `${SELECT} WHERE ${matches} ORDER BY created DESC, number DESC LIMIT :count + 0 OFFSET :offset + 0`,
    );
    page.setReturnArrays(true);
    const rows = page.all({ ...parameters, count, offset }) as unknown as unknown[][];
    return { total: counted?.total ?? 0, rows: rows.map(rowOf) };
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
    return this.#accounts.write(user, () => {
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
        : this.#connection.get<PackageRow>(`${SELECT} WHERE user = :user AND number = :number`, {
            user,
            number,
          });
    if (!row) throw new Refusal(404, "Package not found");
    return row;
  }

  #update(user: string, id: string, change: string, parameters: Record<string, number | string>): void {
    this.#connection.run(`UPDATE package SET ${change} WHERE user = :user AND number = :number`, {
      ...parameters,
      user,
      number: numberOf(id) ?? 0,
    });
  }

  #insert(user: string, number: number, row: Omit<PackageRow, "id">): void {
    this.#connection.run(INSERT, { user, number, ...row });
  }
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
