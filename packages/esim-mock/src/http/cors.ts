import type { IncomingHttpHeaders } from "node:http";

type Headers = Record<string, string>;

const exposed =
  "x-request-id, x-contract-violations, retry-after, allow, deprecation, www-authenticate, location, link";
const oneDay = "86400";

/**
 * What a browser on another origin needs on every answer. The origin is echoed rather than `*`, so that requests
 * with credentials work too; a mock has no secrets to keep.
 */
export function corsHeaders(request: IncomingHttpHeaders): Headers {
  if (request.origin === undefined) return { "access-control-allow-origin": "*", vary: "origin" };
  return {
    "access-control-allow-origin": request.origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": exposed,
    vary: "origin",
  };
}

/** Whether a browser asks for permission, which it does without the keys. */
export function isPreflight(method: string | undefined, request: IncomingHttpHeaders): boolean {
  return (
    method === "OPTIONS" &&
    request.origin !== undefined &&
    request["access-control-request-method"] !== undefined
  );
}

/** The permission: whatever was asked for. */
export function preflightHeaders(request: IncomingHttpHeaders): Headers {
  const headers: Headers = {
    "access-control-allow-methods": String(request["access-control-request-method"]),
    "access-control-max-age": oneDay,
    vary: "origin, access-control-request-method, access-control-request-headers",
  };
  const asked = request["access-control-request-headers"];
  if (asked !== undefined) headers["access-control-allow-headers"] = asked;
  // A page on the public internet that calls a server on this machine.
  if (request["access-control-request-private-network"] === "true") {
    headers["access-control-allow-private-network"] = "true";
  }
  return headers;
}
