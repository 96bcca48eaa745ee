import { visible } from "../http/visible.ts";
import type { Inspected } from "./inspect.ts";

/** All departures of one kind in one field of one operation. */
export interface DriftEntry {
  /** The operationId; empty if the document has no such path. */
  readonly operation: string;
  readonly direction: "request" | "response";
  /** Such as `body.packages[].status`. */
  readonly field: string;
  /** Such as `unknown value`, `missing field`, `undocumented field`, `wrong type`, `undocumented status`. */
  readonly kind: string;
  /** How often it occurred. */
  readonly count: number;
  /** The first one, without keys and without numbers that could identify a customer. */
  readonly example: { readonly message: string; readonly value?: unknown };
}

/** Every way in which a service has differed from the document. */
export interface DriftReport {
  /** The service's address; `undefined` for a mock that answers by itself. */
  readonly upstream?: string | undefined;
  /** How many requests were forwarded. */
  readonly requests: number;
  /** How many departures there were, of all kinds. */
  readonly departures: number;
  /**
   * How many bodies, of requests and answers, were forwarded uninspected: larger than 1 MiB, compressed or not, in an unknown
   * encoding, or too much for the inspection.
   */
  readonly uninspected: number;
  /** One entry for each operation, direction, field and kind, up to 1,000. */
  readonly drift: readonly DriftEntry[];
}

/** A service could send any number of different field names. Departures beyond this limit are only counted. */
const MAX_ENTRIES = 1_000;

/** Counts departures and keeps one example of each. */
export class Drift {
  readonly #upstream: string | undefined;
  readonly #entries = new Map<string, DriftEntry>();
  #requests = 0;
  #departures = 0;
  #uninspected = 0;

  constructor(upstream?: string) {
    this.#upstream = upstream;
  }

  /** @param secrets what must not appear in an example, should the service have echoed it */
  add({ departures, uninspected }: Inspected, secrets: readonly string[]): void {
    this.#requests += 1;
    this.#departures += departures.length;
    this.#uninspected += uninspected;
    for (const { operation, direction, field: named, kind, message, value } of departures) {
      const field = redact(named, secrets);
      const key = JSON.stringify([operation, direction, field, kind]);
      const known = this.#entries.get(key);
      if (!known && this.#entries.size >= MAX_ENTRIES) continue;
      const example = known?.example ?? {
        message: redact(message, secrets),
        ...(value !== undefined && { value: summary(value, secrets) }),
      };
      this.#entries.set(key, {
        operation,
        direction,
        field,
        kind,
        count: (known?.count ?? 0) + 1,
        example,
      });
    }
  }

  report(): DriftReport {
    return {
      upstream: this.#upstream,
      requests: this.#requests,
      departures: this.#departures,
      uninspected: this.#uninspected,
      drift: [...this.#entries.values()],
    };
  }
}

/** Longer text is cut. */
const MAX_TEXT = 120;

/**
 * Removes keys, masks numbers long enough to be an ICCID, IMSI or MSISDN except for their end, and escapes what a terminal would
 * interpret.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const withoutKeys = secrets.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
  const masked = withoutKeys.replace(/\d{9,}/g, (digits) => `…${digits.slice(-4)}`);
  const shown = visible(masked);
  return shown.length > MAX_TEXT ? `${shown.slice(0, MAX_TEXT)}…` : shown;
}

/** A small value as is; a description of a larger one. */
function summary(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return redact(value, secrets);
  if (typeof value === "number" && Math.abs(value) > 999_999_999) return redact(String(value), secrets);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value !== "object" || value === null) return value;
  return `an object with ${redact(Object.keys(value).join(", "), secrets)}`;
}
