/** Walks a list to its end, in one of two ways, and says how many rows came, how long that took, and what it held of memory meanwhile. */
import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";

/** What a walk came to. */
export interface Walk {
  readonly rows: number;
  readonly seconds: number;
  /** Bytes that were reachable during the walk, at most, over those before it. */
  readonly grown: number;
}

const [way = "", url = "", size = ""] = process.argv.slice(2);
const pageSize = Number(size);
const keys = { apiKey: "a-key-like-any-other", userId: "a-user-like-any-other" };

const ways: Record<string, () => AsyncIterable<object>> = {
  iteratePackages: () =>
    new PackagesApi(new Configuration({ ...keys, basePath: url })).iteratePackages({}, { pageSize }),
  async *"loop over fetch"() {
    const headers = { "x-api-key": keys.apiKey, "x-user-id": keys.userId };
    for (let offset = 0; ; offset += pageSize) {
      const answer = await fetch(`${url}/packages?count=${pageSize}&offset=${offset}`, { headers });
      const { packages, total } = (await answer.json()) as { packages: object[]; total: number };
      yield* packages;
      if (offset + packages.length >= total) return;
    }
  },
};

function reachable(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const walk = ways[way];
if (!walk) throw new Error(`There is no way "${way}".`);
const before = reachable();
let rows = 0;
let most = before;
// The collections are not part of the time.
let paused = 0;
const start = performance.now();
for await (const _ of walk()) {
  if (++rows % 5_000 > 0) continue;
  const stopped = performance.now();
  most = Math.max(most, reachable());
  paused += performance.now() - stopped;
}
const seconds = (performance.now() - start - paused) / 1_000;
console.log(JSON.stringify({ rows, seconds, grown: most - before } satisfies Walk));
