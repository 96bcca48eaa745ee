import { Configuration, EsimError, type Package, PackagesApi } from "@betatelltd/esim-sdk";
import { createPackageOnce } from "@betatelltd/esim-sdk/once";
import { iccids, keys, startAccount, template } from "./account.ts";
import { type Action, type Balance, balance, type Outcome, type Purchase } from "./ledger.ts";
import { type Fault, type Shares, startProxy } from "./proxy.ts";

export interface TortureOptions {
  readonly seed: number;
  /** How many operations to carry out at least. */
  readonly operations: number;
  readonly workers: number;
  /** Whether to buy with `createPackageOnce` rather than `createPackage`. */
  readonly once: boolean;
  /** The time limit of a call, in milliseconds. That of the SDK, unless given. */
  readonly timeout?: number;
  /** How often each fault strikes. As often as the proxy has it, unless given. */
  readonly shares?: Shares;
}

export interface Report {
  readonly operations: number;
  readonly requests: number;
  readonly struck: ReadonlyMap<Fault, number>;
  readonly balance: Balance;
}

/** What a call may take by the settings that the SDK comes with, in milliseconds. */
const defaultTimeout = 30_000;
/** A package that was not bought has fewer than the five of its life. */
const operationsPerSim = 4.5;
/** One SIM of so many is not the account's, so that purchases are refused too. */
const strangers = 20;

/** Takes packages through their life, through a network that misbehaves, and compares what callers know with what happened. */
export async function torture(options: TortureOptions): Promise<Report> {
  const { seed, operations, workers, once, timeout, shares } = options;
  const sims = iccids(Math.ceil(operations / operationsPerSim));
  const owned = new Set(sims.filter((_, n) => n % strangers > 0));
  const mock = await startAccount([...owned]);
  const proxy = await startProxy(mock.url, seed, timeout ?? defaultTimeout, shares);
  const configured = (fetch?: typeof globalThis.fetch) =>
    new PackagesApi(new Configuration({ ...keys, basePath: proxy.url, baseOptions: { timeout }, fetch }));
  // Half of the workers over each transport, by the same rules.
  const overBoth = [configured(), configured((request) => fetch(request))];
  const purchases: Purchase[] = [];
  const actions: Action[] = [];
  let carriedOut = 0;

  async function life(api: PackagesApi, sim: string): Promise<void> {
    const request = { sim, package_template: template };
    const bought = await outcomeOf<{ data: { id: string } }>(
      once ? createPackageOnce(api, request) : api.createPackage(request),
    );
    const id = bought.value?.data.id;
    purchases.push({ sim, isStranger: !owned.has(sim), outcome: bought.outcome, ...(id && { id }) });
    const listed = await outcomeOf(api.getPackages(10, 0, undefined, undefined, sim));
    const found = id ?? listed.value?.data.packages[0]?.id;
    carriedOut += 2;
    if (!found) return;
    await outcomeOf(api.getPackage(found));
    for (const kind of ["activate", "terminate"] as const) {
      const { outcome } = await outcomeOf(
        kind === "activate" ? api.activatePackage(found) : api.terminatePackage(found),
      );
      actions.push({ kind, id: found, outcome });
    }
    carriedOut += 3;
  }

  try {
    const queue = sims.values();
    await Promise.all(
      Array.from({ length: workers }, async (_, worker) => {
        for (const sim of queue) await life(overBoth[worker % 2] as PackagesApi, sim);
      }),
    );
    // What was held back arrives before the books are closed.
    await proxy.idle();
    const witness = new PackagesApi(new Configuration({ ...keys, basePath: mock.url }));
    const packages: Package[] = [];
    for await (const each of witness.iteratePackages({}, { pageSize: 1000 })) packages.push(each);
    const report = balance(purchases, actions, packages, proxy.passed, once);
    return { operations: carriedOut, requests: proxy.passed.length, struck: proxy.struck, balance: report };
  } finally {
    await proxy.close();
    await mock.close();
  }
}

/** How a call ended. What is not an error of the SDK is a bug, and ends the run. */
async function outcomeOf<T>(call: Promise<T>): Promise<{ outcome: Outcome; value?: T }> {
  try {
    return { outcome: "done", value: await call };
  } catch (error) {
    if (!(error instanceof EsimError)) throw error;
    return { outcome: error.outcomeUnknown ? "unknown" : "refused" };
  }
}
