import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { nodeHttp } from "./node-http.ts";
import { Refusal } from "./refusal.ts";

/** Who may talk to a mock. */
export interface AccessRules {
  /** The address the mock listens on. */
  readonly host: string;
  /** Further names allowed in `Host`. */
  readonly allowHosts: readonly string[];
  /** Further origins, such as `https://app.example.com`, whose pages may use the mock, control routes included. */
  readonly allowOrigins: readonly string[];
  /** Whether pages of any origin may use the API. */
  readonly isOpen: boolean;
  /** Whether even the API is restricted to the mock's own pages, because its answers come from a real service. */
  readonly isPrivate: boolean;
}

type Headers = Readonly<Record<string, string>>;

/** Applies the rules to requests. */
export interface Access {
  /**
   * Browsers keep pages of other origins from reading answers but not from sending requests, and a foreign page whose host name is
   * made to resolve to this machine has the mock's own origin (DNS rebinding). Both are refused here.
   * @throws Refusal (403) that names the option to allow it
   */
  check(headers: IncomingHttpHeaders, path: string): void;
  /** The headers that allow a page to read the answer. */
  headers(headers: IncomingHttpHeaders, path: string): Headers;
  /** The headers that answer a preflight, which browsers send without the keys. */
  preflightHeaders(headers: IncomingHttpHeaders): Headers;
}

const EXPOSED =
  "x-request-id, x-contract-violations, retry-after, allow, deprecation, www-authenticate, location, link";
const ONE_DAY = "86400";

export function createAccess(rules: AccessRules): Access {
  const ownNames = new Set([rules.host, ...rules.allowHosts].map((name) => name.toLowerCase()));
  const origins = new Set(rules.allowOrigins.map((origin) => origin.toLowerCase()));

  const isHostAllowed = (headers: IncomingHttpHeaders): boolean => {
    if (headers.host === undefined) return true;
    const name = hostname(`http://${headers.host}`);
    if (name === undefined) return false;
    if (isLoopback(name) || ownNames.has(name)) return true;
    if (isLoopback(rules.host)) return false;
    // Unlike a name, an address cannot be rebound.
    return isIP(name.replace(/^\[|\]$/g, "")) > 0 || !isFromBrowser(headers);
  };

  const isOriginAllowed = (headers: IncomingHttpHeaders, path: string): boolean => {
    const { origin } = headers;
    const isOwn = path.startsWith("/_mock");
    if (origin === undefined) {
      const site = headers["sec-fetch-site"];
      return (
        !(isOwn || rules.isPrivate) ||
        site === undefined ||
        site === "same-origin" ||
        site === "none" ||
        isNavigation(headers)
      );
    }
    if (isSameOrigin(origin, headers.host) || origins.has(origin.toLowerCase())) return true;
    if (isOwn || rules.isPrivate) return false;
    return rules.isOpen || isLoopback(hostname(origin) ?? "");
  };

  return {
    check(headers, path) {
      if (!isHostAllowed(headers))
        throw new Refusal(
          403,
          `Host ${headers.host} is not a name of this mock; to allow it, start the mock with --allow-host ${hostname(`http://${headers.host}`) ?? "NAME"}`,
        );
      if (!isOriginAllowed(headers, path)) {
        const page = headers.origin ?? "another site";
        const option = headers.origin && headers.origin !== "null" ? headers.origin : "ORIGIN";
        throw new Refusal(
          403,
          `A page from ${page} may not use ${path.startsWith("/_mock") ? "the control routes of this mock" : "this mock"}; to allow it, start the mock with --allow-origin ${option}`,
        );
      }
    },
    headers(headers, path) {
      const vary = { vary: "origin" };
      if (headers.origin === undefined || !isHostAllowed(headers) || !isOriginAllowed(headers, path))
        return vary;
      return {
        // Echoed rather than `*`, so that requests with credentials work too.
        "access-control-allow-origin": headers.origin,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": EXPOSED,
        ...vary,
      };
    },
    preflightHeaders(headers) {
      const asked = headers["access-control-request-headers"];
      return {
        "access-control-allow-methods": String(headers["access-control-request-method"]),
        "access-control-max-age": ONE_DAY,
        vary: "origin, access-control-request-method, access-control-request-headers",
        ...(asked !== undefined && { "access-control-allow-headers": asked }),
      };
    },
  };
}

/** Whether it is a CORS preflight. */
export function isPreflight(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return (
    method === "OPTIONS" &&
    headers.origin !== undefined &&
    nodeHttp.METHODS.includes(String(headers["access-control-request-method"]))
  );
}

/** Whether a name or address means this machine, whatever a name server says. */
function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.parse(origin)?.host === URL.parse(`http://${host}`)?.host;
}

function isFromBrowser(headers: IncomingHttpHeaders): boolean {
  return headers.origin !== undefined || headers["sec-fetch-site"] !== undefined;
}

/** Whether somebody follows a link: the page with the link cannot read what the browser then shows. */
function isNavigation(headers: IncomingHttpHeaders): boolean {
  return headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}

function hostname(url: string): string | undefined {
  return URL.parse(url)?.hostname.toLowerCase();
}
