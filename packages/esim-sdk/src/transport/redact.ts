/** Replaces every occurrence of a key. */
export type Redact = (text: string) => string;

/** Shorter ones are no secret, and replacing a user ID of `1` would garble every message. */
const SHORTEST_SECRET = 6;

/** Makes a function that takes keys out of text, for when a server or a proxy quotes the request back. */
export function redactor(keys: readonly (readonly [name: string, key: string])[]): Redact {
  return (text) =>
    keys.reduce(
      (clean, [, key]) => (key.length < SHORTEST_SECRET ? clean : clean.replaceAll(key, "[redacted]")),
      text,
    );
}

/**
 * Rebuilds an error, and what caused it, without keys. A custom fetch may attach the whole request to what it throws, so
 * only names, messages and codes are kept.
 */
export function redactedCause(error: unknown, redact: Redact): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, cause } = error;
  const message = redact(error.message);
  // The stack repeats the message, and says nothing but where fetch is.
  const fields = {
    name,
    stack: `${name}: ${message}`,
    code: errorCode(error),
    cause: redactedCause(cause, redact),
  };
  return Object.assign(new Error(message), fields);
}

/** The system's code of an error or of what caused it, such as `ECONNREFUSED`. */
export function errorCode(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return typeof code === "string" ? code : cause ? errorCode(cause) : undefined;
}
