import { builtin } from "./node-builtin.ts";

/**
 * Undoes a `content-encoding`, the last one first. An unknown encoding is ignored for text: servers write `utf-8` or `none` there, and
 * parsing will fail if the text really is encoded. For bytes nothing would reveal it, so it is an error.
 * @throws for broken data, or more than `maxBytes` bytes
 */
export async function decompress(
  bytes: Buffer,
  encoding: string,
  maxBytes: number,
  isText: boolean,
): Promise<Buffer> {
  const zlib = builtin("node:zlib");
  // zlib accepts no limit above the maximum buffer length.
  const limit = { maxOutputLength: Math.max(1, Math.min(maxBytes, 2 ** 31 - 1)) };
  const decoders: Record<string, (data: Buffer, done: (error: Error | null, plain: Buffer) => void) => void> =
    {
      gzip: (data, done) => zlib.gunzip(data, limit, done),
      "x-gzip": (data, done) => zlib.gunzip(data, limit, done),
      br: (data, done) => zlib.brotliDecompress(data, limit, done),
      // The standard means zlib's format, but some servers send raw deflate.
      deflate: (data, done) =>
        ((data[0] ?? 0) % 16 === 8 ? zlib.inflate : zlib.inflateRaw)(data, limit, done),
    };
  let data = bytes;
  for (const name of encoding.toLowerCase().split(",").reverse()) {
    const decode = Object.hasOwn(decoders, name.trim()) && decoders[name.trim()];
    if (!decode) {
      if (isText || /^\s*(identity|none|utf-?8)?\s*$/.test(name)) continue;
      throw new Error(`content-encoding ${name.trim()} is not supported`);
    }
    data = await new Promise<Buffer>((resolve, reject) => {
      decode(data, (error, plain) => (error ? reject(error) : resolve(plain)));
    });
  }
  return data;
}
