/**
 * The smallest server: it has every answer as bytes, from the first time that it is asked for. Run as a program it says on stdout where it
 * listens.
 * A list has as many rows as `count` says, from `offset` on, of a total given as its argument.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onePackage } from "./one-package.ts";

const total = Number(process.argv[2] ?? 1_000);
const text = JSON.stringify({ ...onePackage, id: "pkg_ID" });
const single = Buffer.from(text);
const rows = Array.from({ length: total }, (_, n) => text.replace("pkg_ID", `pkg_${n}`));
const pages = new Map<string, Buffer>();

function page(target: string): Buffer {
  const query = new URL(target, "http://localhost").searchParams;
  const offset = Number(query.get("offset") ?? 0);
  const packages = rows.slice(offset, offset + Number(query.get("count") ?? 20));
  return Buffer.from(
    `{"total":${total},"count":${packages.length},"offset":${offset},"packages":[${packages.join(",")}]}`,
  );
}

const server = createServer(({ url = "" }, response) => {
  let body = url.startsWith("/packages/") ? single : pages.get(url);
  if (!body) {
    body = page(url);
    // Long walks ask for each page once; keeping them all would measure this server's memory.
    if (pages.size < 10) pages.set(url, body);
  }
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  response.end(body);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
