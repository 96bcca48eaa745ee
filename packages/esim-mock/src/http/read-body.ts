import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";
import { UnreadableBody } from "./unreadable-body.ts";

/** In bytes. */
const bodyLimit = 1024 * 1024;

const json = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** A request's body. */
export interface Body {
  /** Parsed if it is JSON, text otherwise, undefined if there is none, an `UnreadableBody` if it is broken. */
  value: unknown;
  /** As it came. */
  bytes: Buffer;
  /** Whether these are only the first bytes, and the request is paused at the next. @default false */
  hasMore?: boolean | undefined;
}

/**
 * Reads a request to its end.
 *
 * @throws Refusal 413 for more than `bodyLimit`, 415 for a compressed body. What the caller still sends is then
 * discarded, so that it gets to read the answer.
 * @throws Error when the connection is lost.
 */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    request.resume();
    throw new Refusal(
      415,
      "The mock does not read compressed request bodies: send it without content-encoding",
    );
  }
  const bytes = hasBody(request) ? await readBytes(request) : nothing;
  return { value: bytes.length === 0 ? undefined : decode(bytes, request.headers["content-type"]), bytes };
}

const nothing = Buffer.alloc(0);

/** By its headers, so that there is no wait for the end of what has none. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const keep = (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyLimit) tooLarge();
      else chunks.push(chunk);
    };
    const tooLarge = () => {
      request.off("data", keep).resume();
      reject(new Refusal(413, `The request body is larger than ${bodyLimit} bytes`));
    };
    request.on("error", reject).on("end", () => resolve(Buffer.concat(chunks)));
    if (Number(request.headers["content-length"]) > bodyLimit) tooLarge();
    else request.on("data", keep);
  });
}

/** What bytes say: parsed if they are JSON, an `UnreadableBody` if they are no JSON after all, text otherwise. */
export function decode(bytes: Buffer, type = ""): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: json.test(type) }).decode(bytes);
    return json.test(type) ? JSON.parse(text) : text;
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    return new UnreadableBody(`is not valid JSON: ${reason}`);
  }
}
