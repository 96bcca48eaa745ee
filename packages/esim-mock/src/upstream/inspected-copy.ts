import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from "node:zlib";
import { byteText } from "../contract/binary.ts";
import { isBinaryType } from "../contract/media-type.ts";
import { type Body, decode } from "../http/read-body.ts";
import { UnreadableBody } from "../http/unreadable-body.ts";

/** In bytes, compressed and uncompressed. Larger bodies are forwarded uninspected. */
const INSPECTION_LIMIT = 1024 * 1024;

/** Takes the place of a body that is not inspected. */
export const UNINSPECTED = Symbol("not inspected");

type Unpack = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer;

const UNPACKERS: Readonly<Record<string, Unpack>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
  // With the zlib header, as in RFC 9110, or without, as some servers send it.
  deflate: (bytes, options) =>
    ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options),
  identity: (bytes) => bytes,
};

/** The beginning of a body, and whether there is more to come: the message is then paused. */
export interface Beginning {
  readonly bytes: Buffer;
  readonly hasMore: boolean;
}

/**
 * Reads as much of a body as is inspected at most.
 *
 * @throws Error when the connection is lost
 */
export function readBeginning(message: IncomingMessage): Promise<Beginning> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (hasMore: boolean) => {
      message.off("data", keep).off("end", end).off("close", close);
      resolve({ bytes: Buffer.concat(chunks), hasMore });
    };
    const keep = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= INSPECTION_LIMIT) return;
      message.pause();
      finish(true);
    };
    const end = () => finish(false);
    const close = () => reject(new Error("the connection was lost"));
    // This listener stays: a connection lost later must not end the process.
    message.on("error", reject);
    message.on("data", keep).on("end", end).on("close", close);
  });
}

/** Reads a request for the service, which may be compressed or large. */
export async function readForService(request: IncomingMessage): Promise<Body> {
  const { bytes, hasMore } = await readBeginning(request);
  return { value: toInspect({ bytes, hasMore }, request.headers), bytes, hasMore };
}

/** A body to compare with the document: `undefined` if there is none, `UNINSPECTED` if it would take too much. */
export function toInspect({ bytes, hasMore }: Beginning, headers: IncomingHttpHeaders): unknown {
  if (hasMore || bytes.length > INSPECTION_LIMIT) return UNINSPECTED;
  if (bytes.length === 0) return undefined;
  const encodings = (headers["content-encoding"] ?? "").toLowerCase().split(",");
  const unpacked = encodings.reduceRight<unknown>(
    (packed, encoding) => (Buffer.isBuffer(packed) ? unpack(packed, encoding.trim() || "identity") : packed),
    bytes,
  );
  if (!Buffer.isBuffer(unpacked)) return unpacked;
  const type = headers["content-type"] ?? "";
  return isBinaryType(type) ? byteText(unpacked) : decode(unpacked, type);
}

function unpack(bytes: Buffer, encoding: string): unknown {
  const unpacker = Object.hasOwn(UNPACKERS, encoding) ? UNPACKERS[encoding] : undefined;
  try {
    return unpacker?.(bytes, { maxOutputLength: INSPECTION_LIMIT }) ?? UNINSPECTED;
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    return isTooLarge ? UNINSPECTED : new UnreadableBody(`is not valid ${encoding}`);
  }
}
