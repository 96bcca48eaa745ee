import type { Key } from "../options.ts";

/** Replaces every occurrence of a key. */
export type Redact = (text: string) => string;

/** Shorter ones are no secret, and replacing a user ID of `1` would garble every message. */
const SHORTEST_SECRET = 6;

/** Makes a function that takes keys out of text, for when a server or a proxy quotes the request back. */
export function redactor(keys: readonly Key[]): Redact {
  return (text) =>
    keys.reduce(
      (clean, [, key]) => (key[SHORTEST_SECRET - 1] ? clean.replaceAll(key, "[redacted]") : clean),
      text,
    );
}

/**
 * What lies at the bottom of an error, made anew: fetch says no more than that it failed, and a custom one may attach the
 * whole request, keys and all, to what it throws.
 */
export function rootCause(error: unknown, redact: Redact): Error & { code: string | undefined } {
  const { cause, code, message } = Object(error) as {
    cause?: unknown;
    code: string | undefined;
    message?: string;
  };
  return cause ? rootCause(cause, redact) : Object.assign(new Error(redact(`${message ?? error}`)), { code });
}
