import type { Redact } from "./redact.ts";

/** A complete response from a server. */
export interface Answer {
  /** The HTTP status; 0 for a redirect in a browser, which hides the status. */
  readonly status: number;
  /** The reason phrase; empty over HTTP/2, which has none. */
  readonly statusText: string;
  /** The body decoded as UTF-8; empty if `bytes` is set. */
  readonly text: string;
  /** The body of a success for which the contract promises bytes. */
  readonly bytes?: Uint8Array | undefined;
  /** Why the body could not be read, if so. */
  readonly flaw?: string | undefined;
  /** The value of a header, given its lower-case name; repeated headers are joined with commas. */
  header(name: string): string | undefined;
  /** All headers, in the order received. */
  headers(): readonly (readonly [name: string, value: string])[];
}

/** Whether a success has the whole binary body: not a login page, not an empty body, not a partial one. */
export function isBinary({ status, bytes, header }: Answer): boolean {
  if (!bytes?.length || status === PARTIAL_CONTENT) return false;
  const type = header("content-type") ?? "";
  if (/^\s*(text\/|application\/([\w.-]+\+)?(json|xml))/i.test(type)) return false;
  // If the content type is no help, look at the bytes.
  const isTypeKnown = type.trim() !== "" && !/^\s*(application|binary)\/octet-stream/i.test(type);
  return isTypeKnown || !isMarkup(bytes);
}

const PARTIAL_CONTENT = 206;

/** Whether bytes start like HTML, XML or JSON. No common image format does, except SVG, which is text. */
function isMarkup(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 1_024));
  return /^\s*[<{[]/.test(start);
}

/** A copy of the answer without keys, to attach to an error. */
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
