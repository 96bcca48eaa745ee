import { builtin } from "./node-builtin.ts";

/**
 * Undoes a `content-encoding`, of several the last first. What is no known one is taken for none: servers write `utf-8` or `none` there,
 * and parsing the text will show it. Nothing would show it of bytes, where it is refused.
 * @throws for broken data, or more than `most` bytes
 */
export async function decompress(
  bytes: Buffer,
  encoding: string,
  most: number,
  isText: boolean,
): Promise<Buffer> {
  const zlib = builtin("node:zlib");
  // zlib takes no limit beyond the longest buffer.
  const limit = { maxOutputLength: Math.max(1, Math.min(most, 2 ** 31 - 1)) };
  const ways: Record<string, (data: Buffer, done: (error: Error | null, plain: Buffer) => void) => void> = {
    gzip: (data, done) => zlib.gunzip(data, limit, done),
    "x-gzip": (data, done) => zlib.gunzip(data, limit, done),
    br: (data, done) => zlib.brotliDecompress(data, limit, done),
    // Meant is zlib's format; some send the bare one.
    deflate: (data, done) => ((data[0] ?? 0) % 16 === 8 ? zlib.inflate : zlib.inflateRaw)(data, limit, done),
  };
  let data = bytes;
  for (const name of encoding.toLowerCase().split(",").reverse()) {
    const undo = Object.hasOwn(ways, name.trim()) && ways[name.trim()];
    if (!undo) {
      if (isText || /^\s*(identity|none|utf-?8)?\s*$/.test(name)) continue;
      throw new Error(`it is in ${name.trim()}, which was not asked for`);
    }
    data = await new Promise<Buffer>((resolve, reject) => {
      undo(data, (error, plain) => (error ? reject(error) : resolve(plain)));
    });
  }
  return data;
}
