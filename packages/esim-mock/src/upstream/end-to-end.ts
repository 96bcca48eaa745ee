import { type IncomingMessage, validateHeaderName, validateHeaderValue } from "node:http";

/** Headers that can be sent on, those that occur more than once as a list. */
export type PassedHeaders = Record<string, string | string[]>;

/** RFC 9110, 7.6.1: not for the one behind a proxy. */
const HOP_BY_HOP = new Set(
  "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

/** The headers of a message without those that are about its connection, and without those that Node cannot send. */
export function endToEnd({ headers, headersDistinct }: IncomingMessage): PassedHeaders {
  const named = (headers.connection ?? "").toLowerCase().split(/\s*,\s*/);
  const passed: PassedHeaders = {};
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    const isOfConnection = HOP_BY_HOP.has(name) || named.includes(name);
    if (isOfConnection || !canBeSent(name, values)) continue;
    const [first = "", ...others] = values;
    passed[name] = others.length === 0 ? first : values;
  }
  return passed;
}

function canBeSent(name: string, values: readonly string[]): boolean {
  try {
    validateHeaderName(name);
    for (const value of values) validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
