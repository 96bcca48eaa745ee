import { Refusal } from "../../http/refusal.ts";
import type { Accounts } from "../accounts.ts";
import type { Clock } from "../clock.ts";
import type { Connection } from "../connection.ts";
import { refuseSwitchedOff } from "../sims/refuse-traffic.ts";
import type { Sims } from "../sims/sims.ts";
import type { Templates } from "../templates/templates.ts";
import { DEFAULT_WINDOW_SECONDS, lengthFrom, MAX_SECONDS, secondsOfMonths } from "../time-allowance.ts";
import type { PackageRow, PackageTemplate, Sim, Status } from "../wire.ts";
import { KeptPages } from "./kept-pages.ts";
import { type Filter, type Found, PackageList } from "./package-list.ts";
import { INSERT, idOf, numberOf, REPLACE, SEEDED, SELECT, shown } from "./rows.ts";
import type { Usage } from "./usage.ts";

/**
 * The rules for packages. Every method is one transaction in the user's account, after expiring what is due.
 *
 * Methods throw a `Refusal` with the status and message for the caller.
 */
export class Packages {
  readonly #connection: Connection;
  readonly #accounts: Accounts;
  readonly #clock: Clock;
  readonly #sims: Sims;
  readonly #templates: Templates;
  readonly #list: PackageList;
  readonly #pages = new KeptPages();

  constructor(connection: Connection, accounts: Accounts, clock: Clock, sims: Sims, templates: Templates) {
    this.#connection = connection;
    this.#accounts = accounts;
    this.#clock = clock;
    this.#sims = sims;
    this.#templates = templates;
    this.#list = new PackageList(connection);
  }

  list(user: string, filter: Filter, count: number, offset: number): Found {
    return this.#accounts.read(user, (account) => this.#list.find(account, filter, count, offset));
  }

  /** A list in the shape that `toPage` gives it. The object is cached until something is written, so do not modify it. */
  page<Page extends { readonly count: number }>(
    user: string,
    filter: Filter,
    count: number,
    offset: number,
    toPage: (found: Found) => Page,
  ): Page {
    return this.#accounts.read(user, (account) =>
      this.#pages.get(this.#connection.version(), JSON.stringify([account, filter, count, offset]), () =>
        toPage(this.#list.find(account, filter, count, offset)),
      ),
    );
  }

  /** The SIMs of an account that can get a package, by ICCID. */
  freeSims(user: string, count: number): { total: number; sims: Sim[] } {
    const free = `FROM sim AS one WHERE is_sellable = 1
      AND NOT EXISTS (${shown("1", "sim = one.iccid AND status <> 'TERMINATED'")})`;
    return this.#accounts.read(user, (account) => ({
      total:
        this.#connection.get<{ total: number }>(`SELECT count(*) AS total ${free}`, { account })?.total ?? 0,
      sims: this.#connection.all<Sim>(`SELECT iccid, inventory ${free} ORDER BY iccid LIMIT :count`, {
        account,
        count,
      }),
    }));
  }

  get(user: string, id: string): PackageRow {
    return this.#accounts.read(user, (account) => this.#find(account, id));
  }

  create(user: string, sim: string, templateId: number, allowance?: number): PackageRow {
    return this.#accounts.write(user, (account) => {
      if (!this.#accounts.sims.has(sim)) throw new Refusal(400, `SIM ${sim} is not in this account`);
      const { inventory, sim_status } = this.#sims.find(account, sim);
      if (sim_status === "TERMINATED" || sim_status === "WAITING_FOR_ASSIGNMENT")
        throw new Refusal(400, `SIM ${sim} cannot have a package: it is ${sim_status}`);
      const now = this.#clock.now();
      const offer = this.#templates.find(account, templateId, now);
      if (!offer) throw new Refusal(400, `Package template ${templateId} does not exist`);
      const { template } = offer;
      refuseUnavailable(template, now);
      if (!this.#accounts.seeded.isWithin(inventory, offer.inventory))
        throw new Refusal(
          400,
          `Package template ${templateId} is for inventory ${offer.inventory}, and SIM ${sim} is in inventory ${inventory}`,
        );
      const { seconds, months } =
        allowance === undefined ? lengthFrom(template, now) : { seconds: allowance, months: 0 };
      if (seconds <= 0 || seconds > MAX_SECONDS) {
        throw new Refusal(400, `A package lasts from 1 to ${MAX_SECONDS} seconds, not ${seconds}`);
      }
      const live = this.#connection.get(shown("1 AS live", "sim = :sim AND status <> 'TERMINATED'"), {
        account,
        sim,
      });
      if (live) throw new Refusal(409, "A package already exists for this SIM");
      const number = this.#last(account) + 1;
      this.#connection.run(INSERT, {
        account,
        number,
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
        months,
      });
      return this.#find(account, idOf(number));
    });
  }

  activate(user: string, id: string): void {
    this.#accounts.write(user, (account) => {
      const row = this.#find(account, id);
      if (row.status !== "NOT_ACTIVE")
        throw new Refusal(400, `Package cannot be activated: it is ${row.status}`);
      this.#start(account, row);
    });
  }

  terminate(user: string, id: string): void {
    this.#accounts.write(user, (account) => {
      const { status } = this.#find(account, id);
      if (status !== "ACTIVE" && status !== "SUSPENDED")
        throw new Refusal(400, `Package cannot be terminated: it is ${status}`);
      this.#update(account, id, "status = 'TERMINATED', terminated = :now", { now: this.#clock.now() });
    });
  }

  /** Uses up data, minutes and SMS, down to 0. The first use of the network activates a package of an AUTO template. */
  use(user: string, id: string, usage: Usage): PackageRow {
    return this.#accounts.write(user, (account) => {
      const row = this.#find(account, id);
      refuseSwitchedOff(this.#sims.find(account, row.sim), usage);
      return this.#spend(account, row, usage, `Package cannot use the network: it is ${row.status}`);
    });
  }

  /** The same for a SIM's package, within a transaction. */
  useBySim(account: number, sim: string, usage: Usage): PackageRow {
    const row = this.#connection.get<PackageRow>(
      `${SELECT} FROM (${shown("account, number", "sim = :sim AND status <> 'TERMINATED'")}) AS live
        JOIN package ON package.account = live.account AND package.number = live.number`,
      { account, sim },
    );
    if (!row) throw new Refusal(400, "SIM cannot use the network: it has no package");
    return this.#spend(
      account,
      row,
      usage,
      `SIM cannot use the network: it has no active package, ${row.id} is ${row.status}`,
    );
  }

  suspend(user: string, id: string): PackageRow {
    return this.#move(user, id, "ACTIVE", "SUSPENDED", "suspended");
  }

  resume(user: string, id: string): PackageRow {
    return this.#move(user, id, "SUSPENDED", "ACTIVE", "resumed");
  }

  #spend(account: number, row: PackageRow, { data = 0, voice = 0, sms = 0 }: Usage, refusal: string) {
    const offer = this.#templates.find(account, row.template, this.#clock.now());
    const automatic = offer?.template.activation_type === "AUTO";
    if (row.status === "NOT_ACTIVE" && automatic) this.#start(account, row);
    else if (row.status !== "ACTIVE") throw new Refusal(400, refusal);
    this.#update(
      account,
      row.id,
      "data = max(0, data - :data), voice = max(0, voice - :voice), sms = max(0, sms - :sms)",
      { data, voice, sms },
    );
    return this.#find(account, row.id);
  }

  /** Numbers continue those of the seed. */
  #last(account: number): number {
    const highest = (of: string) => `coalesce((SELECT max(number) FROM package WHERE account = ${of}), 0)`;
    const found = this.#connection.get<{ number: number }>(
      `SELECT max(${highest(":account")}, ${highest(`${SEEDED}`)}) AS number`,
      { account },
    );
    return found?.number ?? 0;
  }

  #start(account: number, { id, window_start, window_end, allowance, months }: PackageRow): void {
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
    const seconds = months === 0 ? allowance : secondsOfMonths(now, months);
    this.#update(
      account,
      id,
      "status = 'ACTIVE', activated = :now, expiry = :now + :seconds * 1000, allowance = :seconds",
      { now, seconds },
    );
  }

  #move(user: string, id: string, from: Status, to: Status, done: string): PackageRow {
    return this.#accounts.write(user, (account) => {
      const { status } = this.#find(account, id);
      if (status !== from) throw new Refusal(400, `Package cannot be ${done}: it is ${status}`);
      this.#update(account, id, "status = :to", { to });
      return this.#find(account, id);
    });
  }

  #find(account: number, id: string): PackageRow {
    const number = numberOf(id);
    const row =
      number === undefined
        ? undefined
        : this.#connection.get<PackageRow>(
            `${SELECT} FROM package WHERE number = :number AND account IN (:account, ${SEEDED}) ORDER BY account DESC LIMIT 1`,
            { account, number },
          );
    if (!row) throw new Refusal(404, "Package not found");
    return row;
  }

  #update(account: number, id: string, change: string, parameters: Record<string, number | string>): void {
    const number = numberOf(id) ?? 0;
    this.#connection.run(REPLACE, { account, number });
    this.#connection.run(`UPDATE package SET ${change} WHERE account = :account AND number = :number`, {
      ...parameters,
      account,
      number,
    });
  }
}

function refuseUnavailable(template: PackageTemplate, now: number): void {
  const { id, status, earliest_available_date: from = 0, latest_available_date: until = 0 } = template;
  if (status === "Active") return;
  const since =
    from > now ? ` before ${time(from)}` : until > 0 && until < now ? ` since ${time(until)}` : "";
  throw new Refusal(400, `Package template ${id} cannot be used: it is ${status}${since}`);
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
