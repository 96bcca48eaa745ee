import type { IncomingMessage } from "node:http";
import { nodeHttp } from "../http/node-http.ts";

/** Headers to forward; those that occur more than once as a list. */
export type PassedHeaders = Record<string, string | string[]>;

/** The header that lists how a request and its answer depart from the document. */
export const VIOLATIONS_HEADER = "x-contract-violations";

/** Hop-by-hop headers, not to be forwarded (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set(
  "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

/** The headers of a message without those of its connection and those that Node cannot send. */
export function endToEnd({ headers, headersDistinct }: IncomingMessage): PassedHeaders {
  const named = (headers.connection ?? "").toLowerCase().split(/\s*,\s*/);
  const passed = sendable(headersDistinct).filter(([name]) => !HOP_BY_HOP.has(name) && !named.includes(name));
  return Object.fromEntries(
    passed.map(([name, values]) => [name, values.length === 1 ? String(values) : values]),
  );
}

/** The trailers of a fully read message, each value by itself, without those that Node cannot send. */
export function trailersOf({ trailersDistinct }: IncomingMessage): [name: string, value: string][] {
  return sendable(trailersDistinct).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
}

/** CORS headers are between the mock and the calling page, and only the mock reports violations. */
export function isOfMock(name: string): boolean {
  return name.startsWith("access-control-") || name === VIOLATIONS_HEADER;
}

function sendable(headers: NodeJS.Dict<string[]>): [name: string, values: string[]][] {
  return Object.entries(headers).flatMap(([name, values = []]) =>
    canBeSent(name, values) ? [[name, values]] : [],
  );
}

function canBeSent(name: string, values: readonly string[]): boolean {
  try {
    nodeHttp.validateHeaderName(name);
    for (const value of values) nodeHttp.validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
