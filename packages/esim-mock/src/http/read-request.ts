import type { IncomingMessage } from "node:http";
import type { PrismRequest } from "../contract/prism.ts";
import { type BasePath, withoutBasePath } from "./base-path.ts";
import { type Body, readBody } from "./read-body.ts";

/** What Prism accepts as a media type; it throws for anything else. */
export const MEDIA_RANGE = /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+(?:\s*;\s*[\w-]+=(?:[\w.+-]+|"[^"]*"))*$/;

/** A request with its body. */
export interface Incoming {
  readonly raw: IncomingMessage;
  /** The body as received. */
  readonly bytes: Buffer;
  /** Whether there is more to come: `raw` is then paused after these bytes. */
  readonly hasMore?: boolean | undefined;
  /** The same in Prism's format. */
  readonly prism: PrismRequest;
}

/** Reads a request with its body. Throws as `read` does. */
export async function readRequest(
  raw: IncomingMessage,
  basePaths: readonly BasePath[],
  read: typeof readBody = readBody,
): Promise<Incoming> {
  const { path, search } = splitTarget(raw.url);
  const body = await read(raw);
  const prism = {
    method: (raw.method ?? "GET").toLowerCase() as PrismRequest["method"],
    url: {
      path: withoutBasePath(path, basePaths),
      query: search ? toQuery(new URLSearchParams(search)) : {},
    },
    headers: toHeaders(raw, body),
    body: body.value,
  };
  return { raw, bytes: body.bytes, hasMore: body.hasMore, prism };
}

/** The path of a request target, without its query. */
export function splitTarget(target = "/"): { path: string; search: string } {
  // Not parsed as a URL, which would drop the segments `.` and `..` and take `//x` for a host.
  const local = target.startsWith("/") ? target : target.replace(/^[a-z]+:\/\/[^/?]*/i, "");
  const end = local.indexOf("?");
  const path = end < 0 ? local : local.slice(0, end);
  return { path: path.startsWith("/") ? path : `/${path}`, search: end < 0 ? "" : local.slice(end + 1) };
}

function toQuery(parameters: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const [first = "", ...others] = parameters.getAll(name);
      return [name, others.length === 0 ? first : [first, ...others]];
    }),
  );
}

function toHeaders({ headers }: IncomingMessage, body: Body): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (name !== "accept" && value !== undefined) plain[name] = String(value);
  }

  // Prism throws for an invalid media range.
  const acceptable = headers.accept?.split(",").filter((range) => MEDIA_RANGE.test(range.trim()));
  if (acceptable?.length) plain.accept = acceptable.join(",");

  // Prism checks the type of a body only if there is a length, which a chunked request does not have. It assumes the documented
  // type for a body without one, and throws for an invalid type.
  plain["content-length"] = String(body.bytes.length);
  if (!MEDIA_RANGE.test(plain["content-type"] ?? "")) delete plain["content-type"];
  if (body.bytes.length > 0) plain["content-type"] ??= "application/octet-stream";
  return plain;
}
