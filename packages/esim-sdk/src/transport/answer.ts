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

/** Whether a success has all the bytes: a login page is none, nor is nothing at all, nor a part that nobody asked for. */
export function isBinary({ status, bytes, header }: Answer): boolean {
  if (!bytes?.length || status === PARTIAL_CONTENT) return false;
  const type = header("content-type") ?? "";
  if (/^\s*(text\/|application\/([\w.-]+\+)?(json|xml))/i.test(type)) return false;
  // A type that says nothing leaves the bytes themselves.
  const isSaid = type.trim() !== "" && !/^\s*(application|binary)\/octet-stream/i.test(type);
  return isSaid || !beginsAsText(bytes);
}

const PARTIAL_CONTENT = 206;

/** Whether bytes begin as HTML, XML or JSON does; no common format of images begins so, but for SVG, which is text. */
function beginsAsText(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 1_024));
  return /^\s*[<{[]/.test(start);
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
