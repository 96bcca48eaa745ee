/** What is known of a failure besides its code. */
export interface Explanation {
  readonly said: string;
  /** Whether another attempt would end the same way. */
  readonly isLasting: boolean;
}

/** Signs of what went wrong before anything was sent, and what to do about it. */
const EXPLANATIONS: readonly (Explanation & { readonly sign: RegExp })[] = [
  {
    sign: /^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|CRL_)/,
    said: "the server's certificate is not trusted; for an authority of your own set NODE_EXTRA_CA_CERTS",
    isLasting: true,
  },
  {
    sign: /wrong.version.number|packet.length.too.long/i,
    said: "the server does not speak TLS; is its address http:?",
    isLasting: true,
  },
  {
    sign: /^bad port$|Requests to port \d+ are blocked$/,
    said: "fetch refuses this port; use another, or an agent",
    isLasting: true,
  },
  {
    sign: /^ERR_ACCESS_DENIED$/,
    said: "this process may not use the network; run node with --allow-net",
    isLasting: true,
  },
  { sign: /tunnel/i, said: "the proxy refused the connection", isLasting: false },
];

/** Says more about a failed connection, if more is known. */
export function explain({
  code,
  message,
}: {
  code?: string | undefined;
  message: string;
}): Explanation | undefined {
  return EXPLANATIONS.find(({ sign }) => sign.test(code ?? "") || sign.test(message));
}
