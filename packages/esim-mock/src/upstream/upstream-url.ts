import { MockStartError } from "../mock-start-error.ts";

/** Whether an address is on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/**
 * The address of a service to pass requests to, without a slash at the end.
 *
 * @param allowInsecure whether it may be http on another machine
 * @throws MockStartError `OPTION` for what is not one, or one that keys should not be sent to
 */
export function toUpstream(text: string, allowInsecure = false): URL {
  const url = URL.parse(text);
  const refuse = (why: string) => new MockStartError("OPTION", `Upstream ${text} ${why}.`);
  if (!url || !/^https?:$/.test(url.protocol))
    throw refuse("is not an address such as https://esim.betatel.com/api/v1/esim");
  if (url.username || url.password) {
    throw new MockStartError(
      "OPTION",
      "Upstream has a name or password in it. Keys go in headers: leave them out.",
    );
  }
  if (url.search || url.hash) throw refuse("has a query or a fragment; leave them out");
  if (url.protocol === "http:" && !isLoopback(url) && !allowInsecure) {
    throw refuse(
      "is http, on which others can read the keys; use https, or, on a network of your own, add --allow-insecure-upstream",
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, "");
  return url;
}
