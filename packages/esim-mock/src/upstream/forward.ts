import type { Agent, ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { nodeHttp } from "../http/node-http.ts";
import type { Incoming } from "../http/read-request.ts";
import { Refusal } from "../http/refusal.ts";
import { endToEnd, type PassedHeaders, trailersOf } from "./end-to-end.ts";
import { type Beginning, readBeginning } from "./inspected-copy.ts";

/** An answer as received. */
export interface Forwarded extends Beginning {
  readonly status: number;
  readonly headers: PassedHeaders;
  /** The source of what follows: the rest of the body, and trailers. */
  readonly raw: IncomingMessage;
  readonly earlyHints: readonly IncomingHttpHeaders[];
}

/** The service was reached but sent no answer, so it may have acted. */
export interface Lost {
  /** What the service did, to follow its name in a sentence. */
  readonly lost: string;
}

/** A service could send any number of them. */
const MAX_EARLY_HINTS = 16;

/** Explanations for error codes that say too little. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/,
    "; its certificate is from an authority that is not trusted here: add that authority with --upstream-ca FILE",
  ],
  [
    /^ERR_PROXY_TUNNEL$/,
    "; the proxy in HTTPS_PROXY did not connect to it: add it to NO_PROXY if it needs no proxy",
  ],
];

/** Where a request goes. */
export interface Target {
  /** The service. */
  readonly upstream: URL;
  /** Prefix for the path of the request. */
  readonly base: string;
  /** Headers to leave out, in lower case. */
  readonly withheld: readonly string[];
}

/**
 * Forwards a request byte for byte, to this service and no other: a redirect is returned to the caller.
 *
 * @throws Refusal (502) if the service could not be reached
 */
export function forward(target: Target, agent: Agent, incoming: Incoming): Promise<Forwarded | Lost> {
  const { raw, prism } = incoming;
  const { upstream, base } = target;
  const query = raw.url?.includes("?") ? raw.url.slice(raw.url.indexOf("?")) : "";
  const send = upstream.protocol === "https:" ? requestHttps : nodeHttp.request;
  return new Promise((resolve, reject) => {
    const lose = (lost: string) => resolve({ lost });
    const cut = () => lose("cut the connection");
    const outgoing = send(upstream, {
      path: `${base}${prism.url.path}${query}`,
      method: raw.method,
      headers: toSend(target, raw),
      agent,
    });
    const earlyHints: IncomingHttpHeaders[] = [];
    outgoing.on("information", ({ statusCode, headers }) => {
      if (statusCode === 103 && earlyHints.length < MAX_EARLY_HINTS) earlyHints.push(headers);
    });
    outgoing.on("response", (answer) => {
      const { statusCode: status = 0 } = answer;
      const headers = endToEnd(answer);
      readBeginning(answer).then(
        (read) => resolve({ ...read, status, headers, raw: answer, earlyHints }),
        cut,
      );
    });
    outgoing.on("upgrade", (_, socket) => {
      socket.destroy();
      lose("switched protocols without being asked to");
    });
    let isReached = false;
    outgoing.on("socket", (socket) => whenConnected(socket, () => (isReached = true)));
    outgoing.on("error", ({ code = "", message }: NodeJS.ErrnoException) => {
      if (code.startsWith("HPE_")) lose(`sent an answer that is not HTTP (${code})`);
      else if (isReached) cut();
      else reject(new Refusal(502, `Cannot reach ${upstream.origin}: ${explain(code || message)}`));
    });
    // If the caller gives up, so does the request to the service.
    const giveUp = () => outgoing.destroy();
    raw.socket.once("close", giveUp);
    outgoing.once("close", () => {
      raw.socket.off("close", giveUp);
      // The rest of the request is discarded, so that the caller gets to read the answer.
      raw.unpipe(outgoing).resume();
    });
    sendBody(incoming, outgoing);
  });
}

/** Keeps the request's framing (length or chunks), and drops `expect`, which the mock has answered already. */
function toSend({ upstream, withheld }: Target, raw: IncomingMessage): PassedHeaders {
  const left = new Set(["expect", ...withheld]);
  const headers = Object.fromEntries(Object.entries(endToEnd(raw)).filter(([name]) => !left.has(name)));
  const { "transfer-encoding": encoding } = raw.headers;
  return {
    ...headers,
    host: upstream.host,
    ...(encoding !== undefined && { "transfer-encoding": encoding }),
  };
}

function sendBody({ raw, bytes, hasMore }: Incoming, outgoing: ClientRequest): void {
  const end = () => {
    const trailers = trailersOf(raw);
    if (trailers.length > 0) outgoing.addTrailers(trailers);
    outgoing.end();
  };
  if (bytes.length > 0) outgoing.write(bytes);
  if (hasMore) raw.once("end", end).pipe(outgoing, { end: false });
  else end();
}

/** A socket through a proxy is already connected when Node hands it over. */
function whenConnected(socket: Socket | TLSSocket, then: () => void): void {
  const isEncrypted = "encrypted" in socket;
  const isConnecting = socket.connecting || (isEncrypted && socket.getPeerFinished() === undefined);
  if (isConnecting) socket.once(isEncrypted ? "secureConnect" : "connect", then);
  else then();
}

function explain(code: string): string {
  return `${code}${REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? ""}`;
}
