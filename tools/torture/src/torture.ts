import {
  Configuration,
  EsimError,
  type GetPCRProfileResponse,
  InventoryApi,
  OPERATIONS,
  PackagesApi,
  PCRApi,
  PCRProfileApi,
} from "@betatelltd/esim-sdk";
import { createPackageOnce } from "@betatelltd/esim-sdk/once";
import { iccids, keys, startAccount, TEMPLATE } from "./account.ts";
import { ACTIONS, type ActionId, type Books, type Subject } from "./actions.ts";
import { balance, type Outcome, type Purchase } from "./ledger.ts";
import { type Fault, type Shares, startProxy } from "./proxy.ts";
import { read, reads } from "./reads.ts";
import type { Balance } from "./report.ts";

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
  /** Operations of the contract that came to no success, which say nothing. Has to be empty. */
  readonly missed: readonly string[];
}

/** What a call may take by the settings that the SDK comes with, in milliseconds. */
const DEFAULT_TIMEOUT = 30_000;
/** A package that was not bought has fewer than the eight of its life. */
const OPERATIONS_PER_SIM = 7.5;
/** One SIM of so many is not the account's, so that purchases are refused too. */
const FOREIGN_EVERY = 20;

/** Takes packages through their life, through a network that misbehaves, and compares what callers know with what happened. */
export async function torture(options: TortureOptions): Promise<Report> {
  const { seed, operations, workers, once, timeout, shares } = options;
  const sims = iccids(Math.ceil(operations / OPERATIONS_PER_SIM));
  const owned = new Set(sims.filter((_, n) => n % FOREIGN_EVERY > 0));
  const mock = await startAccount([...owned]);
  const proxy = await startProxy(mock.url, seed, timeout ?? DEFAULT_TIMEOUT, shares);
  const configured = (fetch?: typeof globalThis.fetch) =>
    new Configuration({ ...keys, basePath: proxy.url, baseOptions: { timeout }, fetch });
  // Half of the workers over each transport, by the same rules.
  const overBoth = [configured(), configured((request) => fetch(request))];
  const purchases: Purchase[] = [];
  const actions: { operation: ActionId; subject: Subject; outcome: Outcome }[] = [];
  const succeeded = new Set<string>();
  let carriedOut = 0;

  /** How a call ended. What is not an error of the SDK is a bug, and ends the run. */
  async function outcomeOf<T>(operation: string, call: Promise<T>): Promise<{ outcome: Outcome; value?: T }> {
    carriedOut++;
    try {
      const value = await call;
      if (value !== undefined) succeeded.add(operation);
      return { outcome: "done", value };
    } catch (error) {
      if (!(error instanceof EsimError)) throw error;
      return { outcome: error.outcomeUnknown ? "unknown" : "refused" };
    }
  }

  async function life(configuration: Configuration, sim: string, number: number): Promise<void> {
    const api = new PackagesApi(configuration);
    const isForeign = !owned.has(sim);
    const request = { sim, package_template: TEMPLATE };
    const bought = await outcomeOf<{ data: { id: string } }>(
      "createPackage",
      once ? createPackageOnce(api, request) : api.createPackage(request),
    );
    const id = bought.value?.data.id;
    purchases.push({ sim, isForeign, outcome: bought.outcome, ...(id && { id }) });
    const listed = await outcomeOf("getPackages", api.getPackages(10, 0, undefined, undefined, sim));
    const subject: Subject = { number, sim, isForeign, id: id ?? listed.value?.data.packages[0]?.id };
    if (subject.id) await outcomeOf("getPackage", api.getPackage(subject.id));
    const other = reads[number % reads.length];
    if (other) await outcomeOf(other.id, read(configuration, other, sim));
    for (const [operation, { send }] of Object.entries(ACTIONS) as [ActionId, (typeof ACTIONS)[ActionId]][]) {
      const call = send(configuration, subject);
      if (call) actions.push({ operation, subject, outcome: (await outcomeOf(operation, call)).outcome });
    }
  }

  try {
    const queue = sims.entries();
    await Promise.all(
      Array.from({ length: workers }, async (_, worker) => {
        for (const [number, sim] of queue) await life(overBoth[worker % 2] as Configuration, sim, number);
      }),
    );
    // What was held back arrives before the books are closed.
    await proxy.idle();
    const books = await booksOf(new Configuration({ ...keys, basePath: mock.url }));
    const done = actions.map(({ operation, subject, outcome }) => ({
      operation,
      outcome,
      timesDone: ACTIONS[operation].timesDone(books, subject),
    }));
    return {
      operations: carriedOut,
      requests: proxy.passed.length,
      struck: proxy.struck,
      balance: balance(purchases, done, books.packages, proxy.passed, once),
      missed: Object.keys(OPERATIONS).filter((id) => !succeeded.has(id)),
    };
  } finally {
    await proxy.close();
    await mock.close();
  }
}

async function booksOf(configuration: Configuration): Promise<Books> {
  const many = { pageSize: 1000 };
  const profiles = new Map<string, GetPCRProfileResponse>();
  for await (const { iccid } of new InventoryApi(configuration).iterateESIMs({}, many))
    profiles.set(iccid, (await new PCRProfileApi(configuration).getPCRProfile(iccid)).data);
  return {
    packages: await collected(new PackagesApi(configuration).iteratePackages({}, many)),
    templates: await collected(new PCRApi(configuration).iteratePackageTemplates({}, many)),
    profiles,
  };
}

async function collected<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
