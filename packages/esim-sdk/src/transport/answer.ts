import type { Redact } from "./redact.ts";

/** What a server sent, whole. */
export interface Answer {
  /** The HTTP status; 0 where a browser hides that of a redirect. */
  readonly status: number;
  /** The reason phrase; empty over HTTP/2, which has none. */
  readonly statusText: string;
  /** The body, decoded as UTF-8; empty where the bytes are there. */
  readonly text: string;
  /** The body of a success that was promised as bytes. */
  readonly bytes?: Uint8Array | undefined;
  /** Why the body could not be read, if it could not. */
  readonly flaw?: string | undefined;
  /** A header's value, by its name in lower case; several of one name are joined by commas. */
  header(name: string): string | undefined;
  /** Every header, in the order in which they came. */
  headers(): readonly (readonly [name: string, value: string])[];
}

/** Whether a success has bytes: a login page is none, nor is nothing at all. */
export function isBinary({ bytes, header }: Answer): boolean {
  return (
    Boolean(bytes?.length) &&
    !/^\s*(text\/|application\/([\w.-]+\+)?(json|xml))/i.test(header("content-type") ?? "")
  );
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
    text: redact(answer.bytes ? new TextDecoder().decode(answer.bytes) : answer.text),
    flaw: answer.flaw,
    header(name) {
      const value = answer.header(name);
      return value === undefined ? undefined : redact(value);
    },
    headers: () => headers,
  };
}
