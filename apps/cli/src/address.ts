/** Whether a URL points to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** An address that is safe to print; an invalid one is left out, because it may contain a password. */
export function shownAddress(address: string, isInsecureAllowed = false): string {
  return canCarryKeys(address, isInsecureAllowed) ? address : "<invalid address>";
}

/**
 * Whether keys may be sent to an address: over https, or to this machine, or over plain http to any host if that is allowed. The SDK
 * applies the same rule.
 */
export function canCarryKeys(address: string, isInsecureAllowed: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (/[@?#]/.test(url.href)) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && (isInsecureAllowed || isLoopback(url)));
}
