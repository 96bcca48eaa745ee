import { builtin, isNode } from "./node-builtin.ts";

/** Codes of what ends before the first byte is sent: Node's, its fetch's, Bun's; and the reasons not to trust a certificate. */
const CODES =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_PROXY_TUNNEL|ConnectionRefused|FailedToOpenSocket|DNSResolveFailed|CERT_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|CRL_\w+)$/;
/** System calls before the first byte. */
const SYSCALLS = /^(connect|getaddrinfo)$/;
/** What is said where there is no code: of a port that fetch blocks, by Deno's fetch, by undici of a proxy. */
const MESSAGES = /^bad port$|Requests to port \d+ are blocked$|client error \(Connect\)|when HTTP Tunneling$/;

/** Failures of which undici, the fetch of Node, has said itself that there was no connection. */
const failedToConnect = /* @__PURE__ */ new WeakSet<object>();
let isWatching = false;

/** Listens to what undici says about connections, from the first call on. A failed handshake looks like a broken connection without. */
export function watchConnections(): void {
  if (isWatching || !isNode()) return;
  isWatching = true;
  builtin("node:diagnostics_channel").subscribe("undici:client:connectError", (message) => {
    const { error } = message as { error?: unknown };
    if (typeof error === "object" && error !== null) failedToConnect.add(error);
  });
}

/**
 * Whether a failure is proof that the server never got anything of the request. A browser does not say why, so there it never is.
 */
export function isUnsentError(error: unknown): boolean {
  let each = error as Failure | undefined;
  for (let depth = 0; depth < 20 && each; depth++) {
    if (failedToConnect.has(Object(each))) return true;
    const { code, syscall, message, cause } = Object(each) as Failure;
    // With a system call it is that which says when: a network may become unreachable after the bytes have left.
    const isProof = syscall === undefined ? CODES.test(`${code}`) : SYSCALLS.test(`${syscall}`);
    if (isProof || MESSAGES.test(`${message}`)) return true;
    each = cause;
  }
  return false;
}

interface Failure {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly cause?: Failure;
}
