/** Signs of what went wrong before anything was sent, and what to do about it. */
const EXPLANATIONS: readonly [sign: RegExp, explanation: string][] = [
  [
    /^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|CRL_)/,
    "the server's certificate is not trusted; for an authority of your own set NODE_EXTRA_CA_CERTS",
  ],
  [
    /WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH_TOO_LONG/,
    "the server does not speak TLS; is its address http:?",
  ],
  [/^bad port$|Requests to port \d+ are blocked$/, "fetch refuses this port; use another, or an agent"],
  [/tunnel/i, "the proxy refused the connection"],
];

/** Says more about a failed connection, if more is known; else nothing. */
export function explain({ code, message }: { code?: string | undefined; message: string }): string {
  const found = EXPLANATIONS.find(([sign]) => sign.test(code ?? "") || sign.test(message));
  return found ? `: ${found[1]}` : "";
}
