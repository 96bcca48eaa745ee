import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from "node:zlib";
import { byteText } from "../contract/binary.ts";
import { isBinaryType } from "../contract/media-type.ts";
import { type Body, decode } from "../http/read-body.ts";
import { UnreadableBody } from "../http/unreadable-body.ts";

/** In bytes, packed and unpacked. A body of more passes as any other, and is not inspected. */
const INSPECTION_LIMIT = 1024 * 1024;

/** Stands where a body would be that is not inspected. */
export const UNINSPECTED = Symbol("not inspected");

type Unpack = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer;

const UNPACKERS: Readonly<Record<string, Unpack>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
  // With the header of zlib, as RFC 9110 has it, or without, as some servers do.
  deflate: (bytes, options) =>
    ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options),
  identity: (bytes) => bytes,
};

/** The beginning of a message's body, and whether more is to come: then the message is paused. */
export interface Beginning {
  readonly bytes: Buffer;
  readonly hasMore: boolean;
}

/**
 * Reads as much of a body as is inspected.
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
    // Stays, because what is lost later must not end the process.
    message.on("error", reject);
    message.on("data", keep).on("end", end).on("close", close);
  });
}

/** Reads a request that the service is to judge: compressed or large, it passes. */
export async function readForService(request: IncomingMessage): Promise<Body> {
  const { bytes, hasMore } = await readBeginning(request);
  return { value: toInspect({ bytes, hasMore }, request.headers), bytes, hasMore };
}

/** What a body says, to be held against the document: `undefined` if there is none, `UNINSPECTED` if that would take too much. */
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
