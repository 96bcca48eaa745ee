import { Configuration, EsimError, type Package, PackagesApi } from "@betatelltd/esim-sdk";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { iccids, keys, startAccount, TEMPLATE } from "./account.ts";
import { type List, lists, type Population, population } from "./population.ts";
import { faults, type Shares, startProxy } from "./proxy.ts";

export interface WalkOptions {
  readonly seed: number;
  /** How many packages there are of each of two states when it begins. */
  readonly rows: number;
  /** How often each list is walked, on each way. */
  readonly walks: number;
}

/** What the walks along one list came to. */
export interface Walked {
  readonly list: List;
  readonly way: string;
  /** Walks that came to their end. */
  readonly walks: number;
  /** Walks that did not, because the network would not let them. */
  readonly broken: number;
  /** Rows, of all walks, that were in the list from before a walk began until after it ended. */
  readonly throughout: number;
  /** Those of them that did not come. Has to be 0. */
  readonly skipped: number;
  /** Rows that came more than once in a walk. Has to be 0. */
  readonly repeated: number;
}

/** Each page sets off a change, and six walks go at once: with less, a list would grow faster than it is read. */
const pageSizes = [10, 25, 50, 100];
const TIME_LIMIT = 600;
/** A walk is many requests, of which not one may fail for good. */
const rarely = Object.fromEntries(
  Object.entries(faults).map(([fault, share]) => [fault, share / 10]),
) as Shares;

/** Walks along lists, page after page, while others write, and looks whether all that was there throughout came, and came once. */
export async function walking({ seed, rows, walks }: WalkOptions) {
  const sims = iccids(3 * rows);
  const settled = sims.slice(0, 2 * rows).map((sim, n) => ({
    sim,
    package_template: TEMPLATE,
    created: n - 2 * rows,
    ...(n % 2 ? { status: "ACTIVE", activated: 0 } : { status: "NOT_ACTIVE" }),
  }));
  const mock = await startAccount(sims, settled);
  const proxy = await startProxy(mock.url, seed, TIME_LIMIT, rarely);
  const witness = new PackagesApi(new Configuration({ ...keys, basePath: mock.url }));
  const packages: Package[] = [];
  const changes: Promise<void>[] = [];
  try {
    for await (const each of witness.iteratePackages()) packages.push(each);
    const people = population(witness, packages, sims.slice(2 * rows), xoroshiro128plus(seed));
    const change: typeof fetch = (page) => {
      const changed = people.change();
      // Whether it failed is asked when all walks are over.
      changed.catch(() => {});
      changes.push(changed);
      return fetch(page);
    };
    const walkAll = ([way, basePath]: [string, string]) => {
      const baseOptions = { timeout: TIME_LIMIT };
      const api = new PackagesApi(new Configuration({ ...keys, basePath, baseOptions, fetch: change }));
      return Object.keys(lists).map((list) => walkAlong(list as List, way, api, people, walks));
    };
    const ways = { direct: mock.url, "through the proxy": proxy.url };
    const walked = await Promise.all(Object.entries(ways).flatMap(walkAll));
    await Promise.all(changes);
    return { changes: changes.length, walked };
  } finally {
    await proxy.close();
    await mock.close();
  }
}

async function walkAlong(
  list: List,
  way: string,
  api: PackagesApi,
  { entered }: Population,
  walks: number,
): Promise<Walked> {
  const sum = { walks: 0, broken: 0, throughout: 0, skipped: 0, repeated: 0 };
  for (let walk = 0; walk < walks; walk++) {
    const before = [...entered[list]];
    const came: string[] = [];
    try {
      const pageSize = pageSizes[walk % pageSizes.length];
      for await (const { id } of api.iteratePackages(lists[list], { pageSize })) came.push(id);
      const throughout = before.filter((id) => entered[list].has(id));
      const seen = new Set(came);
      sum.walks++;
      sum.throughout += throughout.length;
      sum.skipped += throughout.filter((id) => !seen.has(id)).length;
    } catch (error) {
      if (!(error instanceof EsimError)) throw error;
      sum.broken++;
    }
    sum.repeated += came.length - new Set(came).size;
  }
  return { list, way, ...sum };
}
