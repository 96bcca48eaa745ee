import { MockStartError } from "../mock-start-error.ts";

/** Whether an address is on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/**
 * The address of the service to forward requests to, without a trailing slash.
 *
 * @param allowInsecure whether it may be http on another machine
 * @throws MockStartError with code `OPTION` for an invalid address, or one that keys should not be sent to
 */
export function toUpstream(text: string, allowInsecure = false): URL {
  const url = URL.parse(text);
  const refuse = (why: string) => new MockStartError("OPTION", `Upstream ${text} ${why}.`);
  if (!url || !/^https?:$/.test(url.protocol))
    throw refuse("is not an address such as https://esim.betatel.com/api/v1/esim");
  if (url.username || url.password) {
    throw new MockStartError(
      "OPTION",
      "The upstream URL contains a name or password: remove it, because keys go in headers.",
    );
  }
  if (url.search || url.hash) throw refuse("has a query or a fragment; remove it");
  if (url.protocol === "http:" && !isLoopback(url) && !allowInsecure) {
    throw refuse(
      "is plain http, where others can read the keys; use https or, on a private network, add --allow-insecure-upstream",
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, "");
  return url;
}
