import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";
import { UnreadableBody } from "./unreadable-body.ts";

/** In bytes. */
const BODY_LIMIT = 1024 * 1024;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** A request's body. */
export interface Body {
  /** Parsed if it is JSON, text otherwise, undefined if there is none, an `UnreadableBody` if it is broken. */
  value: unknown;
  /** The bytes as received. */
  bytes: Buffer;
  /** Whether there is more to come: the request is then paused after these bytes. @default false */
  hasMore?: boolean | undefined;
}

/**
 * Reads a request to its end.
 *
 * @throws Refusal 413 for more than `BODY_LIMIT`, 415 for a compressed body. The rest of the body is then discarded, so that the
 * caller gets to read the answer.
 * @throws Error when the connection is lost
 */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    request.resume();
    throw new Refusal(
      415,
      "The mock does not read compressed request bodies: send the body without content-encoding",
    );
  }
  const bytes = hasBody(request) ? await readBytes(request) : NO_BYTES;
  return { value: bytes.length === 0 ? undefined : decode(bytes, request.headers["content-type"]), bytes };
}

const NO_BYTES = Buffer.alloc(0);

/** Decided from the headers, so that a request without a body is not waited for. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const keep = (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_LIMIT) tooLarge();
      else chunks.push(chunk);
    };
    const tooLarge = () => {
      request.off("data", keep).resume();
      reject(new Refusal(413, `The request body is larger than ${BODY_LIMIT} bytes`));
    };
    request.on("error", reject).on("end", () => resolve(Buffer.concat(chunks)));
    if (Number(request.headers["content-length"]) > BODY_LIMIT) tooLarge();
    else request.on("data", keep);
  });
}

/** Parsed JSON if the type says so, an `UnreadableBody` if that fails, text otherwise. */
export function decode(bytes: Buffer, type = ""): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: JSON_TYPE.test(type) }).decode(bytes);
    return JSON_TYPE.test(type) ? JSON.parse(text) : text;
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    return new UnreadableBody(`is not valid JSON: ${reason}`);
  }
}
