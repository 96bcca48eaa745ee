import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Answer } from "../answer.ts";
import { type Attempt, type Exchange, hasBytes, tooLong, type WireRequest } from "../exchange.ts";
import { decompress } from "./decompress.ts";
import { builtin, isNode } from "./node-builtin.ts";
import { isFetchNodesOwn } from "./nodes-own.ts";

/**
 * Sends over `node:http` or `node:https`, through the given agent or Node's global one. Used on Node with an agent, or as long as neither
 * `fetch` nor undici's global dispatcher has been replaced: a replacement watches, mocks or routes requests, and has to see these too.
 * Returns `undefined` otherwise.
 */
export function nodeHttp(agent: object | undefined): Exchange | undefined {
  if (!isNode() || !(agent || isFetchNodesOwn())) return undefined;
  return (request, attempt) =>
    new Promise((resolve, reject) => exchange(request, attempt, agent, resolve, reject));
}

function exchange(
  wire: WireRequest,
  attempt: Attempt,
  agent: object | undefined,
  resolve: (answer: Answer | Promise<Answer>) => void,
  reject: (error: unknown) => void,
): void {
  const { url, method, headers, body } = wire;
  const { protocol, hostname, port, path } = split(url);
  const isSecure = protocol === "https:";
  const { request } = isSecure ? builtin("node:https") : builtin("node:http");
  let isSent = false;
  attempt.isUnsent = () => !isSent;
  // An object, not an array: instrumentation and proxies add headers by name.
  const lines: Record<string, string | number> = { "accept-encoding": "gzip, br", ...headers };
  const options: RequestOptions = { protocol, hostname, port, path, method, headers: lines };
  if (agent) options.agent = agent as NonNullable<RequestOptions["agent"]>;
  const outgoing: ClientRequest = request(options);
  attempt.onEnd(() => outgoing.destroy());
  outgoing.on("socket", (socket) => {
    // A proxy's answer to CONNECT arrives on a socket that was never encrypted; nothing was sent to the server.
    if (socket.destroyed || (isSecure && !isEncrypted(socket))) return;
    // Until this event, the socket buffers what is written to it.
    const { secureConnecting } = socket as TLSSocket & { secureConnecting?: boolean };
    const event = secureConnecting ? "secureConnect" : socket.connecting ? "connect" : undefined;
    if (!event) isSent = true;
    else
      socket.once(event, () => {
        isSent = true;
      });
  });
  outgoing.on("error", reject);
  let answer: IncomingMessage | undefined;
  outgoing.on("close", () => {
    if (!answer?.complete) reject(new Error("the connection was closed without a response"));
  });
  outgoing.on("response", (incoming) => {
    answer = incoming;
    if (isSecure && !isEncrypted(incoming.socket)) {
      incoming.destroy();
      const refused = new Error(`the proxy answered CONNECT with ${incoming.statusCode}`);
      return reject(Object.assign(refused, { code: "ERR_PROXY_TUNNEL" }));
    }
    isSent = true;
    read(wire, incoming, attempt.maxResponseBytes, resolve, reject);
  });
  outgoing.end(body);
}

function isEncrypted(socket: Socket): boolean {
  return (socket as TLSSocket).encrypted === true;
}

function read(
  wire: WireRequest,
  incoming: IncomingMessage,
  maxBytes: number,
  resolve: (answer: Answer | Promise<Answer>) => void,
  reject: (error: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const giveUp = () => {
    resolve(toAnswer(incoming, { text: "" }, tooLong(maxBytes)));
    incoming.destroy();
  };
  if (Number(incoming.headers["content-length"]) > maxBytes) {
    giveUp();
    return;
  }
  incoming.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) giveUp();
    else chunks.push(chunk);
  });
  incoming.on("error", reject);
  incoming.on("end", () => {
    const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    const encoding = incoming.headers["content-encoding"];
    const isPlain = !encoding || length === 0;
    const isBinary = hasBytes(wire, incoming.statusCode ?? 0);
    resolve(
      isPlain
        ? toAnswer(incoming, bodyOf(bytes, isBinary))
        : decompressed(incoming, bytes, encoding, maxBytes, isBinary),
    );
  });
}

async function decompressed(
  incoming: IncomingMessage,
  bytes: Buffer,
  encoding: string,
  maxBytes: number,
  isBinary: boolean,
): Promise<Answer> {
  try {
    return toAnswer(incoming, bodyOf(await decompress(bytes, encoding, maxBytes, !isBinary), isBinary));
  } catch (error) {
    return toAnswer(incoming, { text: "" }, flawOf(error as Error, maxBytes));
  }
}

function flawOf({ code, message }: Error & { code?: string }, maxBytes: number): string {
  return code === "ERR_BUFFER_TOO_LARGE"
    ? tooLong(maxBytes)
    : `the response cannot be decompressed: ${message}`;
}

type Body = Pick<Answer, "text" | "bytes">;

/** Bytes are copied: the connection's buffer is shared with other responses. */
function bodyOf(bytes: Buffer, isBinary: boolean): Body {
  return isBinary ? { text: "", bytes: Uint8Array.from(bytes) } : { text: decode(bytes) };
}

function toAnswer(incoming: IncomingMessage, body: Body, flaw?: string): Answer {
  // Destructured, so that holding on to an answer does not keep the connection's buffers alive.
  const { statusCode = 0, statusMessage = "", headers, rawHeaders } = incoming;
  return {
    status: statusCode,
    statusText: statusMessage,
    ...body,
    flaw,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    headers() {
      return rawHeaders.flatMap((name, at) => (at % 2 ? [] : [[name, rawHeaders[at + 1] ?? ""] as const]));
    },
  };
}

function decode(bytes: Buffer): string {
  const text = bytes.toString();
  // Like fetch, drop the byte order mark.
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

interface Target {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
}

/** Cache for one origin: a client usually has just one. */
let last: Omit<Target, "path"> & { origin: string } = {
  origin: "",
  protocol: "",
  hostname: "",
  port: "",
};

function split(url: string): Target {
  const slash = url.indexOf("/", 8);
  const origin = slash < 0 ? url : url.slice(0, slash);
  if (origin !== last.origin) {
    const { protocol, hostname, port } = new URL(origin);
    last = { origin, protocol, port, hostname: hostname.replace(/^\[|\]$/g, "") };
  }
  const path = slash < 0 ? "/" : url.slice(slash);
  return { ...last, path };
}
