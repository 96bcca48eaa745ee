import { Refusal } from "../http/refusal.ts";
import type { Clock } from "../stateful/clock.ts";
import { toPackages } from "../stateful/packages/to-wire.ts";
import type { Usage } from "../stateful/packages/usage.ts";
import { MAX_ROWS } from "../stateful/query.ts";
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

/** A reading of the clock. */
export interface ClockReading {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The same in ISO 8601. */
  readonly iso: string;
  /** How far ahead of the machine's clock it is, in milliseconds. */
  readonly ahead: number;
  /** Whether the mock keeps accounts, so that the clock matters. */
  readonly isStateful: boolean;
}

/** The mode of a mock, and what its controls apply to. */
export interface MockReading {
  readonly mode: "examples" | "stateful" | "upstream";
  /** The service behind it, if any. */
  readonly upstream?: string | undefined;
  /** The operations that faults can apply to, by operationId. */
  readonly operations: readonly string[];
}

/** The most accounts, free SIMs and templates of a user's own that are listed. */
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
  /** The state of the eUICC profile. */
  readonly profile_state: ProfileState;
  readonly reuse_remaining_count: number;
  /** Empty before the profile is bound to a device. */
  readonly eid: string;
}

/** A SIM after traffic, with what is left of its package. */
export interface TrafficReading extends SimReading {
  readonly package: NetworkReading;
}

/** A SIM as a page shows it: the state of its profile, and what its PCR profile allows. */
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
  must: "a number or text",
};
const MOVE = { advance: TIME, set: TIME };

/** Later years have more than four digits in ISO 8601. */
const LATEST_TIME = Date.UTC(9999, 11, 31);

/**
 * Everything about a mock that is not in the contract: the clock, the network that uses packages, and faults.
 * Methods throw a `Refusal` that says how to fix the call.
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

  /** Changes whenever something in an account changes, or expires. */
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
        'Give either how far to move the clock, {"advance":"7d"}, or the time to move it to, {"set":"2027-01-01T00:00:00Z"}',
      );
    }
    const by = advance === undefined ? undefined : forward(advance);
    const target = by === undefined ? toTime(set) : this.#clock.now() + by;
    if (target > LATEST_TIME)
      throw new Refusal(400, "The clock cannot be moved past the end of the year 9999");
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

  /** An account's packages, newest first, regardless of faults. */
  packages(user: string): object {
    const store = this.#memory();
    const { total, rows } = store.packages.list(user, {}, MAX_ROWS, 0);
    return { total, packages: toPackages(store, rows) };
  }

  /** All accounts, latest first. */
  accounts(): object {
    return this.#memory().accounts.list(LONGEST_LIST);
  }

  /** The templates of an account; without a user, those that all accounts have. */
  templates(user = ""): { templates: PackageTemplate[] } {
    return { templates: this.#memory().templates.all(user, LONGEST_LIST) };
  }

  /** An account's SIMs, newest first. */
  lines(user: string): { total: number; lines: LineReading[] } {
    const { total, lines } = this.#memory().sims.list(user, {}, MAX_ROWS, 0);
    return { total, lines: lines.map(toLineReading) };
  }

  /** The SIMs of an account that can get a package. */
  freeSims(user: string): { total: number; sims: Sim[] } {
    return this.#memory().packages.freeSims(user, LONGEST_LIST);
  }

  /** Everything about a SIM: line, profiles, packages. */
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

  /** Uses up a SIM's allowances, as a device does. */
  traffic(user: string, iccid: string, usage: unknown): TrafficReading {
    const fields = checkFields("Traffic", usage, USAGE) as Usage;
    const { line, row } = this.#memory().network.traffic(user, iccid, fields);
    return { ...toSimReading(line), package: toReading(row) };
  }

  /** Resets the mock: no faults, the machine's time, every account as in the seed. */
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
      "This mock has no accounts, so it has no clock to move and no package to use: start it with --stateful",
    );
  }
}

function forward(advance: unknown): number {
  const milliseconds = toMilliseconds(advance);
  if (milliseconds !== undefined) return milliseconds;
  throw new Refusal(400, "advance must be milliseconds or a duration such as 7d, 12h, 30m, 90s");
}

function toTime(set: unknown): number {
  const time = typeof set === "number" ? set : Date.parse(String(set));
  if (Number.isSafeInteger(time)) return time;
  throw new Refusal(400, "set must be milliseconds since 1970 or a time such as 2027-01-01T00:00:00Z");
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
