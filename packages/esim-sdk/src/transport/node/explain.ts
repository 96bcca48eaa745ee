/** What is known about a failure besides its code. */
export interface Explanation {
  /** What happened, and what to do about it. */
  readonly text: string;
  /** Whether another attempt would end the same way. */
  readonly isPermanent: boolean;
}

/** Failures before anything was sent, by a pattern for their code or message. */
const EXPLANATIONS: readonly (Explanation & { readonly pattern: RegExp })[] = [
  {
    pattern:
      /^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|CRL_)/,
    text: "the server's certificate is not trusted; for a private certificate authority, set NODE_EXTRA_CA_CERTS",
    isPermanent: true,
  },
  {
    pattern: /wrong.version.number|packet.length.too.long/i,
    text: "the server does not speak TLS; should its address start with http:?",
    isPermanent: true,
  },
  {
    pattern: /^bad port$|Requests to port \d+ are blocked$/,
    text: "fetch blocks this port; use another port or pass an agent",
    isPermanent: true,
  },
  {
    pattern: /^ERR_ACCESS_DENIED$/,
    text: "this process is not allowed to use the network; run node with --allow-net",
    isPermanent: true,
  },
  { pattern: /tunnel/i, text: "the proxy refused the connection", isPermanent: false },
];

/** Explains a failed connection, if the cause is known. */
export function explain({
  code,
  message,
}: {
  code?: string | undefined;
  message: string;
}): Explanation | undefined {
  return EXPLANATIONS.find(({ pattern }) => pattern.test(code ?? "") || pattern.test(message));
}
