import type { Agent, ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { nodeHttp } from "../http/node-http.ts";
import type { Incoming } from "../http/read-request.ts";
import { Refusal } from "../http/refusal.ts";
import { endToEnd, type PassedHeaders, trailersOf } from "./end-to-end.ts";
import { type Beginning, readBeginning } from "./inspected-copy.ts";

/** An answer as it comes. */
export interface Forwarded extends Beginning {
  readonly status: number;
  readonly headers: PassedHeaders;
  /** For what follows the beginning: the rest of the body, and trailers. */
  readonly raw: IncomingMessage;
  readonly earlyHints: readonly IncomingHttpHeaders[];
}

/** There is no answer, though the service was reached, so that it may have acted. */
export interface Lost {
  /** What the service did, to complete a sentence that begins with it. */
  readonly lost: string;
}

/** A service could send them without end. */
const MAX_EARLY_HINTS = 16;

/** Why a service cannot be reached, in words, for codes that say too little. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/,
    "; its certificate is of an authority that is not trusted here: name that with --upstream-ca FILE",
  ],
  [
    /^ERR_PROXY_TUNNEL$/,
    "; the proxy of HTTPS_PROXY did not connect to it: list it in NO_PROXY if it needs none",
  ],
];

/** Where a request goes. */
export interface Target {
  /** The service. */
  readonly upstream: URL;
  /** What goes before the path of the request. */
  readonly base: string;
  /** Headers that are left out, in lower case. */
  readonly withheld: readonly string[];
}

/**
 * Sends a request on as it came, byte for byte, to this service and no other: a redirect goes back to the caller.
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
      lose("changed the protocol, which nobody asked for");
    });
    let isReached = false;
    outgoing.on("socket", (socket) => whenConnected(socket, () => (isReached = true)));
    outgoing.on("error", ({ code = "", message }: NodeJS.ErrnoException) => {
      if (code.startsWith("HPE_")) lose(`answered with what is not HTTP (${code})`);
      else if (isReached) cut();
      else reject(new Refusal(502, `Cannot reach ${upstream.origin}: ${explain(code || message)}`));
    });
    // A caller who gives up is not asked for on the other side either.
    const giveUp = () => outgoing.destroy();
    raw.socket.once("close", giveUp);
    outgoing.once("close", () => {
      raw.socket.off("close", giveUp);
      // What the caller still sends is discarded, so that it gets to read the answer.
      raw.unpipe(outgoing).resume();
    });
    sendBody(incoming, outgoing);
  });
}

/** With the length or the chunks of the request, but without what the mock has answered already. */
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

/** A socket that leads through a proxy is connected when it is handed over. */
function whenConnected(socket: Socket | TLSSocket, then: () => void): void {
  const isEncrypted = "encrypted" in socket;
  const isConnecting = socket.connecting || (isEncrypted && socket.getPeerFinished() === undefined);
  if (isConnecting) socket.once(isEncrypted ? "secureConnect" : "connect", then);
  else then();
}

function explain(code: string): string {
  return `${code}${REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? ""}`;
}
