/**
 * Walks a list to its end, in one of two ways, and prints how many rows came and how long that took. With `memory` as its last argument it
 * checks every row instead, and measures how much memory is reachable after each 1,000 of them.
 */
import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";
import { headers, keys, listPath } from "./clients/reader.ts";
import { idOf } from "./fixed-rows.ts";
import { checkRow } from "./real-rows.ts";

/** What a walk came to. */
export interface Walk {
  readonly rows: number;
  readonly lastId: string;
}

export interface TimedWalk extends Walk {
  readonly seconds: number;
  /** User and system time of this process. */
  readonly cpuSeconds: number;
}

export interface WeighedWalk extends Walk {
  /** Bytes that were reachable during the walk, at most, over those before it. */
  readonly grown: number;
}

const ROWS_BETWEEN_LOOKS = 1_000;

const [way = "", url = "", size = "", mode = ""] = process.argv.slice(2);
const pageSize = Number(size);

type Row = { readonly id: string };
const ways: Record<string, () => AsyncIterable<Row>> = {
  iteratePackages: () =>
    new PackagesApi(new Configuration({ ...keys, basePath: url })).iteratePackages({}, { pageSize }),
  async *"loop over fetch"() {
    for (let offset = 0; ; offset += pageSize) {
      const answer = await fetch(url + listPath(pageSize, offset), { headers });
      const { packages, total } = (await answer.json()) as { packages: Row[]; total: number };
      yield* packages;
      if (offset + packages.length >= total) return;
    }
  },
};

function reachable(): number {
  if (!globalThis.gc) throw new Error("memory can only be measured with --expose-gc");
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

async function time(walk: AsyncIterable<Row>): Promise<TimedWalk> {
  let rows = 0;
  let lastId = "";
  const before = process.cpuUsage();
  const start = performance.now();
  for await (const { id } of walk) {
    rows++;
    lastId = id;
  }
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(before);
  return { rows, lastId, seconds, cpuSeconds: (user + system) / 1e6 };
}

async function weigh(walk: AsyncIterable<Row>): Promise<WeighedWalk> {
  let rows = 0;
  let lastId = "";
  const before = reachable();
  let most = before;
  for await (const row of walk) {
    checkRow(row);
    if (row.id !== idOf(rows)) throw new Error(`row ${rows} is ${row.id}`);
    rows++;
    lastId = row.id;
    if (rows % ROWS_BETWEEN_LOOKS === 0) most = Math.max(most, reachable());
  }
  return { rows, lastId, grown: most - before };
}

const walk = ways[way];
if (!walk) throw new Error(`there is no way "${way}"`);
console.log(JSON.stringify(await (mode === "memory" ? weigh : time)(walk())));
