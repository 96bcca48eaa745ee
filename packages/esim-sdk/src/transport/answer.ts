import type { Redact } from "./redact.ts";

/** What a server sent, whole. */
export interface Answer {
  /** The HTTP status; 0 where a browser hides that of a redirect. */
  readonly status: number;
  /** The reason phrase; empty over HTTP/2, which has none. */
  readonly statusText: string;
  /** The body, decoded as UTF-8. */
  readonly text: string;
  /** Why the body could not be read, if it could not. */
  readonly flaw?: string | undefined;
  /** A header's value, by its name in lower case; several of one name are joined by commas. */
  header(name: string): string | undefined;
  /** Every header, in the order in which they came. */
  headers(): readonly (readonly [name: string, value: string])[];
}

/** The same answer without keys, for when it becomes part of an error. */
export function redacted(answer: Answer, redact: Redact): Answer {
  const headers = answer
    .headers()
    .filter(([name]) => redact(name) === name)
    .map(([name, value]) => [name, redact(value)] as const);
  return {
    status: answer.status,
    statusText: redact(answer.statusText),
    text: redact(answer.text),
    flaw: answer.flaw,
    header(name) {
      const value = answer.header(name);
      return value === undefined ? undefined : redact(value);
    },
    headers: () => headers,
  };
}
