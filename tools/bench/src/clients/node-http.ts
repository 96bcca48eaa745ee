import { Agent, request } from "node:http";
import { headers, listPath, onePath, type Reader } from "./reader.ts";

/** `node:http` and nothing else, with an agent of its own that keeps connections. */
export function nodeHttp(url: string): Reader {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(url);
  const get = <Data>(path: string) =>
    new Promise<Data>((resolve, reject) => {
      const outgoing = request({ agent, hostname, port, path, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
      });
      outgoing.on("error", reject);
      outgoing.end();
    });
  return { one: (id) => get(onePath(id)), list: (count, offset) => get(listPath(count, offset)) };
}
