import { Refusal } from "../http/refusal.ts";
import type { Clock } from "../stateful/clock.ts";
import type { Usage } from "../stateful/packages/packages.ts";
import { toPackages } from "../stateful/packages/to-wire.ts";
import { MOST_ROWS } from "../stateful/query.ts";
import type { Line } from "../stateful/sims/line.ts";
import { PROFILE_EVENTS, type ProfileEvent } from "../stateful/sims/profile-events.ts";
import type { Store } from "../stateful/store.ts";
import type { PackageRow, PackageTemplate, ProfileState, Sim, SimStatus } from "../stateful/wire.ts";
import type { Drift } from "../upstream/drift.ts";
import { checkFields, type Field, isWhole } from "./check-fields.ts";
import { toMilliseconds } from "./duration.ts";
import { EventStreams } from "./events.ts";
import type { Fault, Faults } from "./faults.ts";
import { RequestLog } from "./request-log.ts";
import { readCard, type SimCard } from "./sim-card.ts";
import { TopicReader } from "./topics.ts";

/** What the clock says. */
export interface ClockReading {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The same as an ISO 8601 text. */
  readonly iso: string;
  /** How far ahead of the machine's clock it is, in milliseconds. */
  readonly ahead: number;
  /** Whether the mock keeps accounts, so that the clock matters. */
  readonly isStateful: boolean;
}

/** What kind of mock it is. */
export interface MockReading {
  readonly mode: "examples" | "stateful" | "upstream";
  /** The service that answers, if another does. */
  readonly upstream?: string | undefined;
  /** What faults can be ordered for, by operationId. */
  readonly operations: readonly string[];
}

/** How many accounts, free SIMs and templates of a user's own are listed at most. */
const LONGEST_LIST = 200;

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

/** A SIM after an event of the network. */
export interface SimReading {
  readonly iccid: string;
  readonly sim_status: SimStatus;
  /** Of the eUICC profile. */
  readonly profile_state: ProfileState;
  readonly reuse_remaining_count: number;
  /** Empty before the profile is bound to a device. */
  readonly eid: string;
}

/** A SIM after traffic, and what its package has left. */
export interface TrafficReading extends SimReading {
  readonly package: NetworkReading;
}

/** A SIM as a page shows it: how far its profile has come, and what its PCR profile lets it use. */
export interface LineReading extends SimReading {
  readonly inventory: number;
  readonly group: number | undefined;
  readonly data: string;
  readonly active_throttling: string;
  readonly voice: string;
  readonly sms: string;
}

const EVENTS = Object.keys(PROFILE_EVENTS);
const PROFILE = {
  event: {
    isValid: (value) => EVENTS.includes(value as string),
    must: `one of ${EVENTS.join(", ")}`,
  } satisfies Field,
};

const AMOUNT: Field = { isValid: (value) => isWhole(value, 0), must: "a whole number, 0 or more" };
const USAGE = { data: AMOUNT, voice: AMOUNT, sms: AMOUNT };

const TIME: Field = {
  isValid: (value) => typeof value === "number" || (typeof value === "string" && value.length <= 100),
  must: "a number or a text",
};
const MOVE = { advance: TIME, set: TIME };

/** Later ones have no ISO 8601 text of four digits. */
const LATEST_TIME = Date.UTC(9999, 11, 31);

/**
 * Everything about a mock that is not the contract: its clock, the network that uses packages, and what goes wrong.
 * Methods throw a `Refusal` that says what to do instead.
 */
export class Control {
  readonly #clock: Clock;
  readonly #store: Store | undefined;
  readonly faults: Faults;
  readonly drift: Drift;
  readonly requests: RequestLog;
  readonly events: EventStreams;

  constructor(clock: Clock, store: Store | undefined, faults: Faults, drift: Drift) {
    this.#clock = clock;
    this.#store = store;
    this.faults = faults;
    this.drift = drift;
    this.requests = new RequestLog(drift.report().upstream === undefined);
    const topics = new TopicReader(this);
    this.events = new EventStreams((user) => topics.read(user));
  }

  get isStateful(): boolean {
    return this.#store !== undefined;
  }

  /** Another one whenever something about an account has changed, what has expired included. */
  version(): string {
    return this.#memory().version();
  }

  about(): MockReading {
    const { upstream } = this.drift.report();
    const mode = this.#store ? "stateful" : upstream === undefined ? "examples" : "upstream";
    return { mode, upstream, operations: this.faults.operations() };
  }

  readClock(): ClockReading {
    const now = this.#clock.now();
    return {
      now,
      iso: new Date(now).toISOString(),
      ahead: this.#clock.offset,
      isStateful: this.isStateful,
    };
  }

  /** Moves the clock by milliseconds or a text such as `7d`, or to a time in milliseconds or ISO 8601. */
  moveClock(move: unknown): ClockReading {
    this.#memory();
    const { advance, set } = checkFields("A move of the clock", move, MOVE);
    if ((advance === undefined) === (set === undefined)) {
      throw new Refusal(
        400,
        'Say either how far to move the clock, {"advance":"7d"}, or to when, {"set":"2027-01-01T00:00:00Z"}',
      );
    }
    const by = advance === undefined ? undefined : forward(advance);
    const target = by === undefined ? toTime(set) : this.#clock.now() + by;
    if (target > LATEST_TIME) throw new Refusal(400, "The clock goes up to the end of the year 9999");
    try {
      if (by === undefined) this.#clock.set(target);
      else this.#clock.advance(by);
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
    const { total, rows } = store.packages.list(user, {}, MOST_ROWS, 0);
    return { total, packages: toPackages(store, rows) };
  }

  /** Who has an account, the latest first. */
  accounts(): object {
    return this.#memory().accounts.list(LONGEST_LIST);
  }

  /** The templates of an account: without one, those that all have. */
  templates(user = ""): { templates: PackageTemplate[] } {
    return { templates: this.#memory().templates.all(user, LONGEST_LIST) };
  }

  /** An account's SIMs, newest first. */
  lines(user: string): { total: number; lines: LineReading[] } {
    const { total, lines } = this.#memory().sims.list(user, {}, MOST_ROWS, 0);
    return { total, lines: lines.map(toLineReading) };
  }

  /** The SIMs of an account that can get a package. */
  freeSims(user: string): { total: number; sims: Sim[] } {
    return this.#memory().packages.freeSims(user, LONGEST_LIST);
  }

  /** All that there is about a SIM: line, profiles, packages. */
  simCard(user: string, iccid: string): SimCard {
    return readCard(this.#memory(), user, iccid);
  }

  use(user: string, id: string, usage: unknown): NetworkReading {
    return toReading(this.#memory().packages.use(user, id, checkFields("Usage", usage, USAGE) as Usage));
  }

  suspend(user: string, id: string): NetworkReading {
    return toReading(this.#memory().packages.suspend(user, id));
  }

  resume(user: string, id: string): NetworkReading {
    return toReading(this.#memory().packages.resume(user, id));
  }

  /** What a device does with a SIM's eUICC profile. */
  profile(user: string, iccid: string, body: unknown): SimReading {
    const { event } = checkFields("A profile event", body, PROFILE);
    if (event === undefined) throw new Refusal(400, `event must be ${PROFILE.event.must}`);
    return toSimReading(this.#memory().sims.profileEvent(user, iccid, event as ProfileEvent));
  }

  /** What a device uses of the network. */
  traffic(user: string, iccid: string, usage: unknown): TrafficReading {
    const fields = checkFields("Traffic", usage, USAGE) as Usage;
    const { line, row } = this.#memory().network.traffic(user, iccid, fields);
    return { ...toSimReading(line), package: toReading(row) };
  }

  /** Back to the start: no faults, the machine's time, every account as the seed has it. */
  reset(): void {
    this.faults.clear();
    this.#clock.reset();
    this.#store?.reset();
  }

  addFault(spec: unknown): Fault {
    return this.faults.add(spec);
  }

  #memory(): Store {
    if (this.#store) return this.#store;
    throw new Refusal(
      409,
      "This mock keeps no accounts, so there is nothing to move or use: start it with --stateful",
    );
  }
}

function forward(advance: unknown): number {
  const milliseconds = toMilliseconds(advance);
  if (milliseconds !== undefined) return milliseconds;
  throw new Refusal(400, "advance must be milliseconds, or a duration such as 7d, 12h, 30m, 90s");
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

function toSimReading({ iccid, sim_status, profile }: Line): SimReading {
  return {
    iccid,
    sim_status,
    profile_state: profile.state,
    reuse_remaining_count: profile.reuse_remaining_count,
    eid: profile.eid,
  };
}

function toLineReading(line: Line): LineReading {
  const { inventory, group, pcr } = line;
  return {
    ...toSimReading(line),
    inventory,
    group,
    data: pcr.data.state,
    active_throttling: pcr.data.active_throttling,
    voice: pcr.voice.state,
    sms: pcr.sms.state,
  };
}
