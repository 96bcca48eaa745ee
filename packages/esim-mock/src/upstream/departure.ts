import type { Violation } from "../contract/prism.ts";
import { parseViolation } from "../contract/violation.ts";

/** One way in which a request or an answer departs from the document. */
export interface Departure {
  /** The operationId; empty if the document has no such path. */
  readonly operation: string;
  readonly direction: "request" | "response";
  /** Such as `body.packages[].status`, or `status`. */
  readonly field: string;
  readonly kind: string;
  /** What is wrong, to follow the field's name in a sentence. */
  readonly message: string;
  /** The actual value, for a field of a body or a query. */
  readonly value?: unknown;
}

/** A violation found by Prism, with the field written out, without list indices. */
export function toDeparture(
  violation: Violation,
  about: Pick<Departure, "operation" | "direction">,
  parts: Readonly<Record<string, unknown>>,
): Departure {
  const { place, field: keys, kind, problem } = parseViolation(violation);
  const field = keys.reduce((text, key) => (/^\d+$/.test(key) ? `${text}[]` : `${text}.${key}`), place);
  const value = keys.reduce<unknown>((at, key) => (Object(at) as Record<string, unknown>)[key], parts[place]);
  return { ...about, field, kind, message: problem, value };
}
