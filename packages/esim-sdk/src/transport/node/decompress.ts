import { builtin } from "./node-builtin.ts";

/** Undoes a `content-encoding`, of several the last first. @throws for one that is unknown, broken data, or more than `most` bytes */
export async function decompress(bytes: Buffer, encoding: string, most: number): Promise<Buffer> {
  const zlib = builtin("node:zlib");
  // zlib takes no limit beyond the longest buffer.
  const limit = { maxOutputLength: Math.max(1, Math.min(most, 2 ** 31 - 1)) };
  const ways: Record<string, (data: Buffer, done: (error: Error | null, plain: Buffer) => void) => void> = {
    gzip: (data, done) => zlib.gunzip(data, limit, done),
    "x-gzip": (data, done) => zlib.gunzip(data, limit, done),
    br: (data, done) => zlib.brotliDecompress(data, limit, done),
    deflate: (data, done) => zlib.inflate(data, limit, done),
    identity: (data, done) => done(null, data),
  };
  let data = bytes;
  for (const name of encoding.toLowerCase().split(",").reverse()) {
    const undo = ways[name.trim()];
    if (!undo) throw new Error(`content-encoding ${name.trim().slice(0, 30)} is unknown`);
    data = await new Promise<Buffer>((resolve, reject) => {
      undo(data, (error, plain) => (error ? reject(error) : resolve(plain)));
    });
  }
  return data;
}
