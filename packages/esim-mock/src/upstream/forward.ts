import { type IncomingHttpHeaders, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Incoming } from "../http/read-request.ts";
import { Refusal } from "../http/refusal.ts";

/** An answer as it came. */
export interface Forwarded {
  readonly status: number;
  /** Without those that are about the connection. */
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** RFC 9110, 7.6.1: not for the one behind a proxy. */
const hopByHop = new Set(
  "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

/**
 * Sends a request on as it came, byte for byte, to this address and no other: a redirect goes back to the caller. Each takes a connection
 * of its own, because one that was kept could be closed under a write.
 *
 * @returns `undefined` if the connection was lost after the service was reached, so that it may have acted
 * @throws Refusal (502) if the service could not be reached
 */
export function forward(upstream: URL, { raw, prism, bytes }: Incoming): Promise<Forwarded | undefined> {
  const query = raw.url?.includes("?") ? raw.url.slice(raw.url.indexOf("?")) : "";
  const send = upstream.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const lost = () => resolve(undefined);
    const outgoing = send(upstream, {
      path: `${upstream.pathname.replace(/^\/$/, "")}${prism.url.path}${query}`,
      method: raw.method,
      headers: {
        ...endToEnd(raw.headers),
        host: upstream.host,
        // One that came in chunks had no length.
        ...(bytes.length > 0 && { "content-length": String(bytes.length) }),
      },
      agent: false,
    });
    outgoing.on("response", (answer) => {
      answer.toArray().then((chunks: Buffer[]) => {
        const headers = endToEnd(answer.headers);
        resolve({ status: answer.statusCode ?? 502, headers, bytes: Buffer.concat(chunks) });
      }, lost);
    });
    let reached = false;
    const connected = upstream.protocol === "https:" ? "secureConnect" : "connect";
    outgoing.on("socket", (socket) => socket.once(connected, () => (reached = true)));
    outgoing.on("error", ({ code, message }: NodeJS.ErrnoException) => {
      if (reached) lost();
      else reject(new Refusal(502, `Cannot reach ${upstream.origin}: ${code ?? message}`));
    });
    // A caller who gives up is not asked for on the other side either.
    const giveUp = () => outgoing.destroy();
    raw.socket.once("close", giveUp);
    outgoing.once("close", () => raw.socket.off("close", giveUp));
    outgoing.end(bytes);
  });
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = String(headers.connection ?? "").toLowerCase();
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.split(/\s*,\s*/).includes(name)),
  );
}
