import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { nodeHttp } from "./node-http.ts";
import { Refusal } from "./refusal.ts";

/** Who may talk to a mock. */
export interface AccessRules {
  /** The address that the mock listens on. */
  readonly host: string;
  /** More names that `Host` may have. */
  readonly allowHosts: readonly string[];
  /** More origins, such as `https://app.example.com`, whose pages may use the mock, its control routes included. */
  readonly allowOrigins: readonly string[];
  /** Whether pages of any origin may use the API. */
  readonly isOpen: boolean;
  /** Whether even the API is for pages of the mock's own only, because what it answers with is a real service's. */
  readonly isPrivate: boolean;
}

type Headers = Readonly<Record<string, string>>;

/** What the rules say about requests. */
export interface Access {
  /**
   * Browsers keep pages of other origins from reading answers, but not from sending requests; and a name that a stranger makes lead
   * to this machine gives their page the mock's own origin. Both are refused here.
   * @throws Refusal (403) that says which option would allow it
   */
  check(headers: IncomingHttpHeaders, path: string): void;
  /** The headers that let a page read the answer. */
  headers(headers: IncomingHttpHeaders, path: string): Headers;
  /** The answer to a browser's question whether it may send a request, which it asks without the keys. */
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
    // An address cannot be made to lead elsewhere, as a name can.
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
          `Host ${headers.host} is not a name of this mock; if it should be, start it with --allow-host ${hostname(`http://${headers.host}`) ?? "NAME"}`,
        );
      if (!isOriginAllowed(headers, path)) {
        const page = headers.origin ?? "another site";
        const option = headers.origin && headers.origin !== "null" ? headers.origin : "ORIGIN";
        throw new Refusal(
          403,
          `A page of ${page} may not use ${path.startsWith("/_mock") ? "the control routes of this mock" : "this mock"}; if it should, start it with --allow-origin ${option}`,
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

/** Whether a browser asks for permission. */
export function isPreflight(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return (
    method === "OPTIONS" &&
    headers.origin !== undefined &&
    nodeHttp.METHODS.includes(String(headers["access-control-request-method"]))
  );
}

/** Whether a name or an address leads to this machine, whatever a name server says. */
function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.parse(origin)?.host === URL.parse(`http://${host}`)?.host;
}

function isFromBrowser(headers: IncomingHttpHeaders): boolean {
  return headers.origin !== undefined || headers["sec-fetch-site"] !== undefined;
}

/** Whether somebody follows a link to a page: what it shows, the page with the link cannot read. */
function isNavigation(headers: IncomingHttpHeaders): boolean {
  return headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}

function hostname(url: string): string | undefined {
  return URL.parse(url)?.hostname.toLowerCase();
}
