import { Refusal } from "../http/refusal.ts";
import type { Clock } from "../stateful/clock.ts";
import { pageSizes } from "../stateful/handlers.ts";
import type { Usage } from "../stateful/packages/packages.ts";
import { toPackage } from "../stateful/packages/to-wire.ts";
import type { Store } from "../stateful/store.ts";
import type { PackageRow } from "../stateful/wire.ts";
import type { Drift } from "../upstream/drift.ts";
import { toMilliseconds } from "./duration.ts";
import type { Fault, FaultSpec, Faults } from "./faults.ts";
import { RequestLog } from "./request-log.ts";

/** What the clock says. */
export interface ClockReading {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The same as an ISO 8601 text. */
  readonly iso: string;
  /** How far ahead of the machine's clock it is, in milliseconds. */
  readonly ahead: number;
  /** Whether the mock remembers, so that the clock matters. */
  readonly remembers: boolean;
}

/** A package after an event of the network. */
export interface NetworkReading {
  readonly id: string;
  readonly status: string;
  readonly data_usage_remaining: number;
  readonly voice_usage_remaining: number;
  readonly sms_usage_remaining: number;
  readonly activated_date: number;
  readonly expiry_date: number;
}

/**
 * Everything about a mock that is not the contract: its clock, the network that uses packages, and what goes wrong.
 * Methods throw a `Refusal` that says what to do instead.
 */
export class Control {
  readonly #clock: Clock;
  readonly #store: Store | undefined;
  readonly faults: Faults;
  readonly drift: Drift;
  readonly requests = new RequestLog();

  constructor(clock: Clock, store: Store | undefined, faults: Faults, drift: Drift) {
    this.#clock = clock;
    this.#store = store;
    this.faults = faults;
    this.drift = drift;
  }

  readClock(): ClockReading {
    const now = this.#clock.now();
    return {
      now,
      iso: new Date(now).toISOString(),
      ahead: this.#clock.offset,
      remembers: this.#store !== undefined,
    };
  }

  /** Moves the clock by milliseconds or a text such as `7d`, or to a time in milliseconds or ISO 8601. */
  moveClock({ advance, set }: { advance?: unknown; set?: unknown }): ClockReading {
    this.#memory();
    if ((advance === undefined) === (set === undefined)) {
      throw new Refusal(
        400,
        'Say either how far to move the clock, {"advance":"7d"}, or to when, {"set":"2027-01-01T00:00:00Z"}',
      );
    }
    const target = advance === undefined ? toTime(set) : this.#clock.now() + forward(advance);
    try {
      this.#clock.set(target);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new Refusal(
        400,
        `The clock cannot be moved to ${target}: ${error instanceof Error ? error.message : error}`,
      );
    }
    return this.readClock();
  }

  /** An account's packages, newest first, whatever faults are ordered. */
  packages(user: string): object {
    const store = this.#memory();
    const { total, rows } = store.packages.list(user, {}, pageSizes.most, 0);
    return { total, packages: rows.map((row) => toPackage(store, row)) };
  }

  use(user: string, id: string, usage: Usage): NetworkReading {
    for (const [name, value] of Object.entries(usage)) {
      if (!["data", "voice", "sms"].includes(name))
        throw new Refusal(400, `Usage has no field "${name}"; it has data, voice, sms`);
      if (!Number.isSafeInteger(value) || value < 0)
        throw new Refusal(400, `${name} must be a whole number, 0 or more`);
    }
    return toReading(this.#memory().packages.use(user, id, usage));
  }

  suspend(user: string, id: string): NetworkReading {
    return toReading(this.#memory().packages.suspend(user, id));
  }

  resume(user: string, id: string): NetworkReading {
    return toReading(this.#memory().packages.resume(user, id));
  }

  /** Back to the start: no faults, the machine's time, every account as the seed has it. */
  reset(): void {
    this.faults.clear();
    this.#clock.reset();
    this.#store?.reset();
  }

  addFault(spec: FaultSpec): Fault {
    if (spec.latency !== undefined && toMilliseconds(spec.latency) === undefined) {
      throw new Refusal(400, "latency must be milliseconds, or a text such as 2s");
    }
    return this.faults.add(spec);
  }

  #memory(): Store {
    if (this.#store) return this.#store;
    throw new Refusal(
      409,
      "This mock remembers nothing, so there is nothing to move or use: start it with --stateful",
    );
  }
}

function forward(advance: unknown): number {
  const milliseconds = toMilliseconds(advance);
  if (milliseconds !== undefined) return milliseconds;
  throw new Refusal(400, "advance must be milliseconds, or a text such as 7d, 12h, 30m, 90s");
}

function toTime(set: unknown): number {
  const time = typeof set === "number" ? set : Date.parse(String(set));
  if (Number.isSafeInteger(time)) return time;
  throw new Refusal(400, "set must be milliseconds since 1970, or a time such as 2027-01-01T00:00:00Z");
}

function toReading(row: PackageRow): NetworkReading {
  return {
    id: row.id,
    status: row.status,
    data_usage_remaining: row.data,
    voice_usage_remaining: row.voice,
    sms_usage_remaining: row.sms,
    activated_date: row.activated,
    expiry_date: row.expiry,
  };
}
