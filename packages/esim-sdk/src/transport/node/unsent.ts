import { builtin, isNode } from "./node-builtin.ts";

/** Codes of failures before the first byte is sent, from Node, its fetch and Bun, including reasons not to trust a certificate. */
const CODES =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_PROXY_TUNNEL|ConnectionRefused|FailedToOpenSocket|DNSResolveFailed|CERT_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|CRL_\w+)$/;
/** System calls that precede the first byte. */
const SYSCALLS = /^(connect|getaddrinfo)$/;
/** Messages of such failures without a code: a port that fetch blocks, Deno's fetch, undici's proxy. */
const MESSAGES = /^bad port$|Requests to port \d+ are blocked$|client error \(Connect\)|when HTTP Tunneling$/;

/** Errors for which undici, which implements Node's fetch, has reported that there was no connection. */
const CONNECT_ERRORS = /* @__PURE__ */ new WeakSet<object>();
let isWatching = false;

/** Subscribes to undici's connection errors, on the first call. Without them, a failed handshake looks like a broken connection. */
export function watchConnections(): void {
  if (isWatching || !isNode()) return;
  isWatching = true;
  builtin("node:diagnostics_channel").subscribe("undici:client:connectError", (message) => {
    const { error } = message as { error?: unknown };
    if (typeof error === "object" && error !== null) CONNECT_ERRORS.add(error);
  });
}

/** Whether a failure proves that the server received nothing of the request. In a browser it never does. */
export function isUnsentError(error: unknown): boolean {
  let each = error as Failure | undefined;
  for (let depth = 0; depth < 20 && each; depth++) {
    if (CONNECT_ERRORS.has(Object(each))) return true;
    const { code, syscall, message, cause } = Object(each) as Failure;
    // If there is a system call, it decides: a network may also become unreachable after the bytes were sent.
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
