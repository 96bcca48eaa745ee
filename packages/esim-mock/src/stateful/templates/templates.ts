import { Refusal } from "../../http/refusal.ts";
import type { Accounts } from "../accounts.ts";
import type { Clock } from "../clock.ts";
import type { Connection } from "../connection.ts";
import { MAX_DATE, MAX_SECONDS, secondsOf } from "../time-allowance.ts";
import type { NewTemplate, PackageTemplate } from "../wire.ts";
import { statusAt } from "./status-at.ts";

const INSERT = `INSERT INTO template (account, id, inventory, place, inventory_place, json)
  VALUES (:account, :id, :inventory, :place, :inventoryPlace, :json)`;

/** A template and its inventory, which the API does not return. */
export interface Offer {
  readonly template: PackageTemplate;
  readonly inventory: number;
}

/** The package templates of accounts: the seed's, and those that users have created. */
export class Templates {
  readonly #connection: Connection;
  readonly #accounts: Accounts;
  readonly #clock: Clock;

  constructor(connection: Connection, accounts: Accounts, clock: Clock) {
    this.#connection = connection;
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /** The account's own templates come first, being the newest. */
  list(
    user: string,
    inventory: number | undefined,
    count: number,
    offset: number,
  ): { total: number; templates: PackageTemplate[] } {
    const seeded = this.#accounts.seeded.templatesOf(inventory);
    return this.#accounts.read(user, (account) => {
      const own = this.#count(account, inventory);
      const templates = [
        ...this.#page(account, inventory, own - offset, count),
        ...seeded.slice(Math.max(0, offset - own), Math.max(0, offset + count - own)),
      ];
      const now = this.#clock.now();
      return { total: own + seeded.length, templates: templates.map((each) => statusAt(each, now)) };
    });
  }

  /** The seed's templates, in its order, then some of the account's own. */
  all(user: string, count: number): PackageTemplate[] {
    return this.#accounts.read(user, (account) => {
      const own = this.#page(account, undefined, this.#count(account, undefined), count);
      const now = this.#clock.now();
      return [...this.#accounts.templates.values(), ...own].map((each) => statusAt(each, now));
    });
  }

  get(user: string, id: number): PackageTemplate {
    return this.#accounts.read(user, (account) => {
      const offer = this.find(account, id, this.#clock.now());
      if (!offer) throw new Refusal(404, "Package template not found");
      return offer.template;
    });
  }

  /** A template of an account, with its status at a given time. Within a transaction. */
  find(account: number, id: number, now: number): Offer | undefined {
    const { seeded } = this.#accounts;
    const template = seeded.templates.get(id);
    const inventory = seeded.inventoryOfTemplate(id);
    if (template && inventory !== undefined) return { template: statusAt(template, now), inventory };
    if (!Number.isSafeInteger(id)) return undefined;
    const own = this.#connection.get<{ json: string; inventory: number }>(
      "SELECT json, inventory FROM template WHERE account = :account AND id = :id",
      { account, id },
    );
    return own && { template: statusAt(JSON.parse(own.json), now), inventory: own.inventory };
  }

  create(user: string, wanted: NewTemplate): PackageTemplate {
    return this.#accounts.write(user, (account) => {
      const { inventory } = wanted;
      if (!this.#accounts.seeded.hasInventory(inventory))
        throw new Refusal(400, `Inventory ${inventory} does not exist`);
      const now = this.#clock.now();
      const place = this.#count(account, undefined) + 1;
      const template = checked({
        id: this.#accounts.seeded.lastTemplate + place,
        name: wanted.name,
        supported_countries: wanted.supported_countries,
        data_usage_allowance: wanted.data_usage_allowance,
        activation_type: wanted.activation_type,
        created_date: now,
        modified_date: now,
        time_allowance: {
          unit: wanted.time_allowance.unit,
          duration: wanted.time_allowance.duration,
        },
        status: "Active",
        voice_usage_allowance: 0,
        sms_usage_allowance: 0,
        activation_time_allowance: wanted.activation_time_allowance,
        earliest_available_date: wanted.earliest_available_date,
        latest_available_date: wanted.latest_available_date,
      });
      this.#connection.run(INSERT, {
        account,
        id: template.id,
        inventory,
        place,
        inventoryPlace: this.#count(account, inventory) + 1,
        json: JSON.stringify(template),
      });
      this.#accounts.addTurningPoints(template);
      return statusAt(template, now);
    });
  }

  /** How many templates an account has of its own: the last place. */
  #count(account: number, inventory: number | undefined): number {
    const found =
      inventory === undefined
        ? this.#connection.get<{ own: number | null }>(
            "SELECT max(place) AS own FROM template WHERE account = :account",
            { account },
          )
        : this.#connection.get<{ own: number | null }>(
            "SELECT max(inventory_place) AS own FROM template WHERE account = :account AND inventory = :inventory",
            { account, inventory },
          );
    return found?.own ?? 0;
  }

  /** Some of an account's own templates, from a place downwards. */
  #page(account: number, inventory: number | undefined, last: number, count: number): PackageTemplate[] {
    if (last <= 0 || count <= 0) return [];
    const parameters = { account, last, first: last - count };
    const rows =
      inventory === undefined
        ? this.#connection.all<{ json: string }>(
            "SELECT json FROM template WHERE account = :account AND place <= :last AND place > :first ORDER BY place DESC",
            parameters,
          )
        : this.#connection.all<{ json: string }>(
            `SELECT json FROM template WHERE account = :account AND inventory = :inventory
              AND inventory_place <= :last AND inventory_place > :first ORDER BY inventory_place DESC`,
            { ...parameters, inventory },
          );
    return rows.map(({ json }) => JSON.parse(json));
  }
}

/** Limits on a new template that the contract does not have. */
function checked(template: PackageTemplate): PackageTemplate {
  const { activation_time_allowance = 0, earliest_available_date = 0, latest_available_date = 0 } = template;
  if (secondsOf(template) > MAX_SECONDS)
    throw new Refusal(400, `time_allowance must be ${MAX_SECONDS} seconds or less`);
  if (activation_time_allowance > MAX_SECONDS)
    throw new Refusal(400, `activation_time_allowance must be ${MAX_SECONDS} seconds or less`);
  if (earliest_available_date > MAX_DATE || latest_available_date > MAX_DATE)
    throw new Refusal(400, `A date must be ${MAX_DATE} milliseconds or less`);
  if (latest_available_date < earliest_available_date)
    throw new Refusal(400, "latest_available_date must not be before earliest_available_date");
  return template;
}
