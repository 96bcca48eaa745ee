import type { Operation } from "../contract/prism.ts";
import { Refusal } from "../http/refusal.ts";
import { checkFields, type Field, isWhole } from "./check-fields.ts";
import { toMilliseconds } from "./duration.ts";

/** What goes wrong, for which requests, and how often. Several things can go wrong at once. */
export interface FaultSpec {
  /** Only this operation, by operationId. @default every operation */
  readonly operation?: string | undefined;
  /** How many requests it applies to. @default until it is removed */
  readonly times?: number | undefined;
  /** The share of requests that it applies to, 0 to 1. @default 1 */
  readonly share?: number | undefined;
  /** A delay before anything else happens: milliseconds, or text such as `2s`. */
  readonly latency?: number | string | undefined;
  /** Answer with this status and the contract's error body, and do nothing else. */
  readonly status?: number | undefined;
  /** The message in the body of `status`. */
  readonly message?: string | undefined;
  /** A `Retry-After` header for `status`: seconds, or an HTTP date. */
  readonly retryAfter?: number | string | undefined;
  /** Cut the connection before or after acting on the request. */
  readonly drop?: "before" | "after" | undefined;
  /** Act on the request, but never answer. */
  readonly stall?: boolean | undefined;
  /** Act on the request, but send only half of the answer's body. */
  readonly truncate?: boolean | undefined;
}

/** An active fault. */
export interface Fault extends FaultSpec {
  readonly id: number;
  /** How many requests it has applied to. */
  readonly met: number;
}

/** How many can be active at once. */
const MAX_FAULTS = 1_000;
const ONE_DAY = 86_400_000;

const FLAG: Field = { isValid: (value) => typeof value === "boolean", must: "true or false" };

const FIELDS: Readonly<Record<keyof FaultSpec, Field>> = {
  operation: { isValid: (value) => typeof value === "string", must: "an operationId" },
  times: { isValid: (value) => isWhole(value, 1), must: "a whole number, 1 or more" },
  share: {
    isValid: (value) => typeof value === "number" && value > 0 && value <= 1,
    must: "a number above 0, up to 1",
  },
  latency: {
    isValid: (value) => (toMilliseconds(value) ?? Infinity) <= ONE_DAY,
    must: "milliseconds or a duration such as 2s, at most a day",
  },
  status: { isValid: (value) => isWhole(value, 400, 599), must: "from 400 to 599" },
  message: {
    isValid: (value) => typeof value === "string" && value.length <= 1_000,
    must: "text of at most 1000 characters",
  },
  retryAfter: {
    isValid: (value) =>
      isWhole(value, 0) || (typeof value === "string" && /^[!-~]([ -~]{0,98}[!-~])?$/.test(value)),
    must: "seconds or an HTTP date, in printable ASCII",
  },
  drop: { isValid: (value) => value === "before" || value === "after", must: '"before" or "after"' },
  stall: FLAG,
  truncate: FLAG,
};

/** The active faults, in order: a request gets the first one that matches it. */
export class Faults {
  #faults: { fault: Fault; spec: FaultSpec }[] = [];
  #next = 1;
  readonly #operations: () => readonly Operation[];
  readonly #random: () => number;

  /** @param operations returns the document's operations, which faults can be restricted to */
  constructor(operations: () => readonly Operation[], random: () => number = Math.random) {
    this.#operations = operations;
    this.#random = random;
  }

  /** @throws Refusal (400) for an invalid fault, (409) if there are too many */
  add(value: unknown): Fault {
    const spec = this.#check(value);
    if (this.#faults.length >= MAX_FAULTS)
      throw new Refusal(409, `${MAX_FAULTS} faults are active, which is the maximum: remove some first`);
    const fault = { ...spec, id: this.#next++, met: 0 };
    this.#faults.push({ fault, spec });
    return fault;
  }

  /** The operations that a fault can be restricted to. */
  operations(): string[] {
    return this.#operations().map(nameOf);
  }

  list(): Fault[] {
    return this.#faults.map(({ fault }) => fault);
  }

  /** Removes one fault or, without an ID, all of them. @throws Refusal (404) for an unknown ID */
  clear(id?: number): void {
    if (id !== undefined && !this.#faults.some(({ fault }) => fault.id === id))
      throw new Refusal(404, `There is no fault ${id}`);
    this.#faults = id === undefined ? [] : this.#faults.filter(({ fault }) => fault.id !== id);
  }

  /** Returns the first fault that matches a request for this operation, if for any, and counts down its `times`. */
  take(operation: Operation | undefined): FaultSpec | undefined {
    if (this.#faults.length === 0) return undefined;
    const name = operation && nameOf(operation);
    for (const entry of this.#faults) {
      const { fault, spec } = entry;
      if (spec.operation !== undefined && spec.operation !== name) continue;
      if (spec.share !== undefined && this.#random() >= spec.share) continue;
      entry.fault = { ...fault, met: fault.met + 1 };
      if (entry.fault.met === spec.times) this.#faults = this.#faults.filter((each) => each !== entry);
      return spec;
    }
    return undefined;
  }

  #check(value: unknown): FaultSpec {
    const spec = checkFields("A fault", value, FIELDS) as FaultSpec;
    const { operation, latency, status, drop, stall, truncate } = spec;
    if (operation !== undefined && !this.operations().includes(operation))
      throw new Refusal(
        400,
        `There is no operation "${operation}"; the operations are ${this.operations().join(", ")}`,
      );
    if ([latency, status, drop, stall, truncate].every((each) => each === undefined))
      throw new Refusal(400, "A fault needs at least one of latency, status, drop, stall and truncate");
    return spec;
  }
}

/** The operationId, or a substitute in a document without them. */
function nameOf({ iid, method, path }: Operation): string {
  return iid ?? `${method.toUpperCase()} ${path}`;
}
