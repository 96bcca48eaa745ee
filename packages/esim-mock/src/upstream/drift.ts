import type { Departure } from "./departure.ts";

/** All departures of one kind in one field of one operation. */
export interface DriftEntry {
  /** The operationId; empty if the document has no such path. */
  readonly operation: string;
  readonly direction: "request" | "response";
  /** Such as `body.packages[].status`. */
  readonly field: string;
  /** Such as `unknown value`, `missing field`, `undocumented field`, `wrong type`, `undocumented status`. */
  readonly kind: string;
  /** How often it was seen. */
  readonly count: number;
  /** The first one, without keys and without numbers that could tell whose it is. */
  readonly example: { readonly message: string; readonly value?: unknown };
}

/** In what a service was seen to depart from the document. */
export interface DriftReport {
  /** The service's address; `undefined` for a mock that answers by itself. */
  readonly upstream?: string | undefined;
  /** How many requests were passed on. */
  readonly requests: number;
  /** How many departures there were, of all kinds. */
  readonly departures: number;
  readonly drift: readonly DriftEntry[];
}

/** Counts departures, and keeps one example of each. */
export class Drift {
  readonly #upstream: string | undefined;
  readonly #entries = new Map<string, DriftEntry>();
  #requests = 0;

  constructor(upstream?: string) {
    this.#upstream = upstream;
  }

  /** @param secrets what must not be in an example, should the service have echoed it */
  add(departures: readonly Departure[], secrets: readonly string[]): void {
    this.#requests += 1;
    for (const { operation, direction, field: named, kind, message, value } of departures) {
      const field = redact(named, secrets);
      const key = JSON.stringify([operation, direction, field, kind]);
      const known = this.#entries.get(key);
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
    const drift = [...this.#entries.values()];
    return {
      upstream: this.#upstream,
      requests: this.#requests,
      departures: drift.reduce((total, { count }) => total + count, 0),
      drift,
    };
  }
}

/** Longer texts are cut. */
const enough = 120;

/** Takes out keys, and all but the end of numbers long enough to be an ICCID, IMSI or MSISDN. */
export function redact(text: string, secrets: readonly string[]): string {
  const withoutKeys = secrets.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
  const masked = withoutKeys.replace(/\d{9,}/g, (digits) => `…${digits.slice(-4)}`);
  return masked.length > enough ? `${masked.slice(0, enough)}…` : masked;
}

/** A value, if it is small; otherwise what kind of thing it is. */
function summary(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return redact(value, secrets);
  if (typeof value === "number" && Math.abs(value) > 999_999_999) return redact(String(value), secrets);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value !== "object" || value === null) return value;
  return `an object with ${redact(Object.keys(value).join(", "), secrets)}`;
}
