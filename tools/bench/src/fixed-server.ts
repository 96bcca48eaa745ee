/**
 * The smallest server: it holds all of its rows as bytes and cuts each answer out of them. It prints where it listens.
 *
 * A list has as many rows as `count` says, from `offset` on, of a total that is given as its argument. `GET /served` says how many answers
 * with rows there were since it was last asked, and how many bytes they had, so that a measurement can show that it was one.
 */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fixedRow, idOf } from "./fixed-rows.ts";
import type { Served } from "./server-process.ts";

const total = Number(process.argv[2] ?? 1_000);
const rows = Buffer.from(
  Array.from({ length: total }, (_, row) => `${JSON.stringify(fixedRow(row))},`).join(""),
);
/** Of each row, its comma included. */
const width = rows.length / total;
let served: Served = { answers: 0, bytes: 0 };

const server = createServer(({ url = "", headers }, response) => {
  if (url === "/served") {
    answer(response, 200, [JSON.stringify(served)]);
    served = { answers: 0, bytes: 0 };
    return;
  }
  const [, path, id = "", query = ""] = /^(\/packages)(?:\/(\w+))?(?:\?(.*))?$/.exec(url) ?? [];
  if (!headers["x-api-key"] || !headers["x-user-id"]) return answer(response, 401, ["{}"]);
  const row = Number(id.slice(4));
  if (!path || (id && (id !== idOf(row) || row >= total))) return answer(response, 404, ["{}"]);
  const parts = id ? [slice(row, 1)] : page(numberIn(query, "count") ?? 20, numberIn(query, "offset") ?? 0);
  const bytes = answer(response, 200, parts);
  served = { answers: served.answers + 1, bytes: served.bytes + bytes };
});

function page(most: number, offset: number): (string | Buffer)[] {
  const count = Math.max(0, Math.min(most, total - offset));
  return [`{"total":${total},"count":${count},"offset":${offset},"packages":[`, slice(offset, count), "]}"];
}

/** Rows, without the comma after the last one. */
function slice(first: number, count: number): Buffer {
  return rows.subarray(first * width, first * width + Math.max(0, count * width - 1));
}

function numberIn(query: string, name: string): number | undefined {
  const found = new RegExp(`(?:^|&)${name}=(\\d+)`).exec(query);
  return found ? Number(found[1]) : undefined;
}

/** Sends parts as one, without copying them. Returns how many bytes they have. */
function answer(response: ServerResponse, status: number, parts: readonly (string | Buffer)[]): number {
  const length = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  response.writeHead(status, { "content-type": "application/json", "content-length": length });
  response.cork();
  for (const part of parts) response.write(part);
  response.end();
  response.uncork();
  return length;
}

// Each client is idle while the others have their turn. It is not to measure how connections are made.
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1");
await once(server, "listening");
console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
