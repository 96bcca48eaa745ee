import type { IncomingMessage } from "node:http";
import { nodeHttp } from "../http/node-http.ts";

/** Headers that can be sent on, those that occur more than once as a list. */
export type PassedHeaders = Record<string, string | string[]>;

/** The header that says in what a request and its answer depart from the document. */
export const VIOLATIONS_HEADER = "x-contract-violations";

/** RFC 9110, 7.6.1: not for the one behind a proxy. */
const HOP_BY_HOP = new Set(
  "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

/** The headers of a message without those that are about its connection, and without those that Node cannot send. */
export function endToEnd({ headers, headersDistinct }: IncomingMessage): PassedHeaders {
  const named = (headers.connection ?? "").toLowerCase().split(/\s*,\s*/);
  const passed = sendable(headersDistinct).filter(([name]) => !HOP_BY_HOP.has(name) && !named.includes(name));
  return Object.fromEntries(
    passed.map(([name, values]) => [name, values.length === 1 ? String(values) : values]),
  );
}

/** The trailers of a message that was read to its end, each value by itself, without those that Node cannot send. */
export function trailersOf({ trailersDistinct }: IncomingMessage): [name: string, value: string][] {
  return sendable(trailersDistinct).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
}

/** CORS is between the mock and the page that calls it, and nobody but the mock speaks of violations. */
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
