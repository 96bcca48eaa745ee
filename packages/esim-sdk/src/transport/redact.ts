import { kindOf } from "../kind-of.ts";

/** A header and its value. */
export type Key = readonly [name: string, key: string];

/** Replaces every occurrence of a key. */
export type Redact = (text: string) => string;

/** Shorter ones are no secret, and replacing a user ID of `1` would garble every message. */
const SHORTEST_SECRET = 6;

/** As JSON has it a key stays what it is: those with a quote or a backslash are refused. */
const SPELLINGS: readonly ((key: string) => string)[] = [
  (key) => key,
  encodeURIComponent,
  // As a page has it that quotes the request.
  (key) =>
    key.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("'", "&#39;"),
  btoa,
];

/** Makes a function that takes keys out of text, for when a server or a proxy quotes the request back. */
export function redactor(keys: readonly Key[]): Redact {
  const spellings = keys
    .filter(([, key]) => key.length >= SHORTEST_SECRET)
    .flatMap(([, key]) => SPELLINGS.map((spell) => spell(key)))
    // The user ID may be part of the API key, and must not leave the rest of it.
    .sort((a, b) => b.length - a.length);
  return (text) => spellings.reduce((clean, spelling) => clean.replaceAll(spelling, "[redacted]"), text);
}

/** A chain of causes is followed so far. */
const DEEPEST_CAUSE = 20;

/**
 * What lies at the bottom of an error, as a new error without keys: fetch says no more than that it failed, and a custom one may attach
 * the whole request to what it throws. It bears everything that can be thrown: cycles, getters that throw, no error at all.
 */
export function rootCause(thrown: unknown, redact: Redact): Error & { readonly code: string | undefined } {
  let bottom = thrown;
  for (let depth = 0; depth < DEEPEST_CAUSE; depth++) {
    const cause = read(bottom, "cause");
    if (!cause) break;
    bottom = cause;
  }
  const code = text(read(bottom, "code"));
  const message = text(read(bottom, "message")) || text(bottom) || code || "nothing is known about it";
  return Object.assign(new Error(redact(message)), { code: code && redact(code) });
}

function read(value: unknown, name: string): unknown {
  try {
    return (value as Record<string, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** A primitive as text; of anything else its kind, since its own words may be anything. */
function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" || typeof value === "function" ? kindOf(value) : String(value);
}
