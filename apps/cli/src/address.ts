/** Whether an address leads to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** An address as it may be printed: one that is refused may hold a password. */
export function shownAddress(address: string, isInsecureAllowed = false): string {
  return canCarryKeys(address, isInsecureAllowed) ? address : "no https address without password and query";
}

/**
 * Whether keys can be sent to an address: encrypted, or to this machine; or, if that is allowed, unencrypted to any. The SDK refuses the
 * same ones.
 */
export function canCarryKeys(address: string, isInsecureAllowed: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (/[@?#]/.test(url.href)) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && (isInsecureAllowed || isLoopback(url)));
}
