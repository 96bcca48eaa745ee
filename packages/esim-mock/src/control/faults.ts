import type { Operation } from "../contract/prism.ts";
import { Refusal } from "../http/refusal.ts";
import { checkFields, type Field, isWhole } from "./check-fields.ts";
import { toMilliseconds } from "./duration.ts";

/** What should go wrong, for which requests, and how often. Several things can go wrong at once. */
export interface FaultSpec {
  /** Only this operation, by operationId. @default every operation */
  readonly operation?: string | undefined;
  /** How many requests it meets. @default until it is cleared */
  readonly times?: number | undefined;
  /** Which share of the requests it meets, 0 to 1. @default 1 */
  readonly share?: number | undefined;
  /** Milliseconds, or a text such as `2s`, before anything else happens. */
  readonly latency?: number | string | undefined;
  /** Answer with this status and the contract's error body, and do nothing else. */
  readonly status?: number | undefined;
  /** What the body of `status` says. */
  readonly message?: string | undefined;
  /** Send `Retry-After` with it: seconds, or an HTTP date. */
  readonly retryAfter?: number | string | undefined;
  /** Cut the connection before the request is acted on, or after it was. */
  readonly drop?: "before" | "after" | undefined;
  /** Act, and never answer. */
  readonly stall?: boolean | undefined;
  /** Act, and send only half of the answer's JSON. */
  readonly truncate?: boolean | undefined;
}

/** A fault that is in force. */
export interface Fault extends FaultSpec {
  readonly id: number;
  /** How many requests it has met. */
  readonly met: number;
}

/** As many as can be in force at once. */
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
    must: "milliseconds, or a text such as 2s, and at most a day",
  },
  status: { isValid: (value) => isWhole(value, 400, 599), must: "from 400 to 599" },
  message: {
    isValid: (value) => typeof value === "string" && value.length <= 1_000,
    must: "a text of 1000 characters at most",
  },
  retryAfter: {
    isValid: (value) =>
      isWhole(value, 0) || (typeof value === "string" && /^[!-~]([ -~]{0,98}[!-~])?$/.test(value)),
    must: "seconds, or an HTTP date: printable ASCII that a header can carry",
  },
  drop: { isValid: (value) => value === "before" || value === "after", must: '"before" or "after"' },
  stall: FLAG,
  truncate: FLAG,
};

/** The faults that were ordered, in the order in which they apply: the first that fits a request is the one it gets. */
export class Faults {
  #faults: { fault: Fault; spec: FaultSpec }[] = [];
  #next = 1;
  readonly #operations: () => readonly Operation[];
  readonly #random: () => number;

  /** @param operations gives those of the document, which faults can be ordered for */
  constructor(operations: () => readonly Operation[], random: () => number = Math.random) {
    this.#operations = operations;
    this.#random = random;
  }

  /** @throws Refusal (400) for what is not a fault, (409) for one too many */
  add(value: unknown): Fault {
    const spec = this.#check(value);
    if (this.#faults.length >= MAX_FAULTS)
      throw new Refusal(
        409,
        `${MAX_FAULTS} faults are in force, which is the most there can be: clear some first`,
      );
    const fault = { ...spec, id: this.#next++, met: 0 };
    this.#faults.push({ fault, spec });
    return fault;
  }

  /** What a fault can be ordered for. */
  operations(): string[] {
    return this.#operations().map(nameOf);
  }

  list(): Fault[] {
    return this.#faults.map(({ fault }) => fault);
  }

  /** Without an ID, all of them. @throws Refusal (404) for an ID that is none */
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
        `There is no operation "${operation}"; there are ${this.operations().join(", ")}`,
      );
    if ([latency, status, drop, stall, truncate].every((each) => each === undefined))
      throw new Refusal(400, "A fault needs one of latency, status, drop, stall and truncate");
    return spec;
  }
}

/** The operationId, or what stands for it in a document without. */
function nameOf({ iid, method, path }: Operation): string {
  return iid ?? `${method.toUpperCase()} ${path}`;
}
