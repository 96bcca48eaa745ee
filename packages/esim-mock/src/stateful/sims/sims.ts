import { Refusal } from "../../http/refusal.ts";
import type { Accounts } from "../accounts.ts";
import type { Clock } from "../clock.ts";
import type { Connection } from "../connection.ts";
import type { SimFilter } from "../seeded.ts";
import type { PCRChange } from "../wire.ts";
import { changed, combined, type Line, type LineChange } from "./line.ts";
import { checkedDownload, type ProfileEvent, stateAfter } from "./profile-events.ts";

const CHANGES = `SELECT iccid, json FROM sim_change
  WHERE account = :account AND iccid IN (SELECT value FROM json_each(:iccids))`;

const OWN_CHANGE = "SELECT json FROM sim_change WHERE account = :account AND iccid = :iccid";

const CHANGE = `INSERT INTO sim_change (account, iccid, json) VALUES (:account, :iccid, :json)
  ON CONFLICT DO UPDATE SET json = excluded.json`;

/** The SIMs of accounts: those of the seed, with each account's changes. */
export class Sims {
  readonly #connection: Connection;
  readonly #accounts: Accounts;
  readonly #clock: Clock;

  constructor(connection: Connection, accounts: Accounts, clock: Clock) {
    this.#connection = connection;
    this.#accounts = accounts;
    this.#clock = clock;
  }

  list(user: string, filter: SimFilter, count: number, offset: number): { total: number; lines: Line[] } {
    const iccids = this.#accounts.seeded.iccidsOf(filter);
    const page = iccids.slice(offset, offset + count);
    const lines = this.#accounts.read(user, (account) => this.#read(account, page));
    return { total: iccids.length, lines };
  }

  get(user: string, iccid: string): Line {
    return this.#accounts.read(user, (account) => this.find(account, iccid));
  }

  /** A SIM of an account, within a transaction. */
  find(account: number, iccid: string): Line {
    const line = this.#accounts.seeded.line(iccid);
    if (!line) throw new Refusal(404, "SIM not found");
    return changed(line, this.#change(account, iccid));
  }

  /** Changes the given fields of a PCR profile and leaves the rest. */
  modifyRules(user: string, iccid: string, { data, voice, sms, wallet_mode, route_policy }: PCRChange): void {
    // JSON can express numbers that become Infinity.
    if (route_policy !== undefined && !Number.isFinite(route_policy))
      throw new Refusal(400, "route_policy is too large a number");
    this.#accounts.write(user, (account) => {
      const { pcr } = this.find(account, iccid);
      this.change(account, iccid, {
        pcr: {
          ...(data && {
            data: {
              state: data.state,
              active_throttling: data.active_throttling ?? pcr.data.active_throttling,
            },
          }),
          ...(voice && { voice: { state: voice.state } }),
          ...(sms && { sms: { state: sms.state } }),
          ...(wallet_mode !== undefined && { wallet_mode }),
          ...(route_policy !== undefined && { route_policy }),
        },
      });
    });
  }

  /** What a device does with the profile of a SIM. */
  profileEvent(user: string, iccid: string, event: ProfileEvent): Line {
    return this.#accounts.write(user, (account) => {
      const line = this.find(account, iccid);
      const state = stateAfter(line, event);
      this.change(account, iccid, {
        profile: {
          state,
          last_operation_date: this.#clock.now(),
          ...(event === "download" && checkedDownload(line)),
        },
      });
      return this.find(account, iccid);
    });
  }

  /** Stores a SIM's changes, within a transaction. */
  change(account: number, iccid: string, change: LineChange): void {
    const json = JSON.stringify(combined(this.#change(account, iccid), change));
    this.#connection.run(CHANGE, { account, iccid, json });
  }

  #change(account: number, iccid: string): LineChange {
    const stored = this.#connection.get<{ json: string }>(OWN_CHANGE, { account, iccid });
    return stored ? JSON.parse(stored.json) : {};
  }

  #read(account: number, iccids: readonly string[]): Line[] {
    const changes = this.#changes(account, iccids);
    return iccids.flatMap((iccid) => {
      const line = this.#accounts.seeded.line(iccid);
      if (!line) return [];
      const change = changes.get(iccid);
      return change ? changed(line, change) : line;
    });
  }

  #changes(account: number, iccids: readonly string[]): Map<string, LineChange> {
    const rows = this.#connection.all<{ iccid: string; json: string }>(CHANGES, {
      account,
      iccids: JSON.stringify(iccids),
    });
    return new Map(rows.map(({ iccid, json }) => [iccid, JSON.parse(json)]));
  }
}
