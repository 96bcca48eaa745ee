import type { Operation } from "../contract/prism.ts";
import { Refusal } from "../http/refusal.ts";

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

const FIELDS = [
  "operation",
  "times",
  "share",
  "latency",
  "status",
  "message",
  "retryAfter",
  "drop",
  "stall",
  "truncate",
];

/** The faults that were ordered, in the order in which they apply: the first that fits a request is the one it gets. */
export class Faults {
  #faults: { fault: Fault; spec: FaultSpec }[] = [];
  #next = 1;
  readonly #operations: readonly { id: string; method: string; path: RegExp }[];
  readonly #random: () => number;

  /** @param operations those of the document, which faults can be ordered for */
  constructor(operations: readonly Operation[], random: () => number = Math.random) {
    this.#operations = operations.map(({ iid, method, path }) => ({
      id: iid ?? `${method} ${path}`,
      method,
      path: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`),
    }));
    this.#random = random;
  }

  /** @throws Refusal (400) for what is not a fault */
  add(spec: FaultSpec): Fault {
    const problem = this.#wrongWith(spec);
    if (problem) throw new Refusal(400, problem);
    const fault = { ...spec, id: this.#next++, met: 0 };
    this.#faults.push({ fault, spec });
    return fault;
  }

  /** What a fault can be ordered for. */
  operations(): string[] {
    return this.#operations.map(({ id }) => id);
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

  /** The fault that a request gets, which is one time less for it. */
  take(method: string, path: string): FaultSpec | undefined {
    if (this.#faults.length === 0) return undefined;
    const operation = this.#operations.find((each) => each.method === method && each.path.test(path))?.id;
    for (const entry of this.#faults) {
      const { fault, spec } = entry;
      if (spec.operation !== undefined && spec.operation !== operation) continue;
      if (spec.share !== undefined && this.#random() >= spec.share) continue;
      entry.fault = { ...fault, met: fault.met + 1 };
      if (entry.fault.met === spec.times) this.#faults = this.#faults.filter((each) => each !== entry);
      return spec;
    }
    return undefined;
  }

  #wrongWith(spec: FaultSpec): string | undefined {
    const { operation, times, share, status, drop } = spec;
    const unknown = Object.keys(spec).find((field) => !FIELDS.includes(field));
    if (unknown) return `A fault has no field "${unknown}"; it has ${FIELDS.join(", ")}`;
    if (operation !== undefined && !this.#operations.some(({ id }) => id === operation)) {
      return `There is no operation "${operation}"; there are ${this.#operations.map(({ id }) => id).join(", ")}`;
    }
    if (times !== undefined && !(Number.isInteger(times) && times > 0))
      return "times must be a whole number, 1 or more";
    if (share !== undefined && !(share > 0 && share <= 1)) return "share must be a number above 0, up to 1";
    if (status !== undefined && !(Number.isInteger(status) && status >= 400 && status <= 599))
      return "status must be from 400 to 599";
    if (drop !== undefined && drop !== "before" && drop !== "after")
      return 'drop must be "before" or "after"';
    if (
      ["latency", "status", "drop", "stall", "truncate"].every(
        (field) => spec[field as keyof FaultSpec] === undefined,
      )
    ) {
      return "A fault needs one of latency, status, drop, stall and truncate";
    }
    return undefined;
  }
}
