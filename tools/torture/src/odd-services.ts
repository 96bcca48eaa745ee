import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";
import { createPackageOnce } from "@betatelltd/esim-sdk/once";
import {
  brokenPromises,
  type Ending,
  ODD_REQUEST,
  type OddService,
  oddService,
  PROMISES,
  sampleOddTraits,
} from "@betatelltd/esim-testing";
import { keys } from "./account.ts";
import { startOddServer } from "./odd-server.ts";
import { sum } from "./part.ts";

export interface OddReport {
  readonly callers: number;
  readonly requests: number;
  /** How the callers' purchases ended. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** With how many services each promise was broken. All of them have to be 0. */
  readonly wrong: Readonly<Record<string, number>>;
}

/** The SDK's own, but for the waits: these services need none. */
const options = { maxAttempts: 5, lookups: 3, lookupDelay: 1, maxRetries: 0 };
const WORKERS = 32;

/** Buys with `createPackageOnce` from random services, over HTTP: two thirds of them have one caller, the others three at once. */
export async function oddServices(seed: number, count: number): Promise<OddReport> {
  const crowded = Math.floor(count / 3);
  const traits = [...sampleOddTraits(count - crowded, 1, seed), ...sampleOddTraits(crowded, 3, seed)];
  const all = traits.map((each) => ({ traits: each, service: oddService(each) }));
  const server = await startOddServer(all.map(({ service }) => service));
  const outcomes: string[] = [];
  const broken: string[] = [];
  try {
    const queue = all.entries();
    const work = async () => {
      for (const [nth, { traits, service }] of queue) {
        const api = new PackagesApi(new Configuration({ ...keys, basePath: `${server.url}/${nth}` }));
        const endings = await Promise.all(traits.callers.map((_, caller) => buy(api, caller)));
        service.settle();
        outcomes.push(...endings.map((ending, caller) => outcomeOf(service, ending, caller)));
        broken.push(...brokenPromises({ traits, service, endings, ...options }));
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, work));
  } finally {
    await server.close();
  }
  return {
    callers: outcomes.length,
    requests: sum(all.map(({ service }) => service.requests())),
    outcomes: counts(OUTCOMES, outcomes),
    wrong: counts(Object.keys(PROMISES), broken),
  };
}

function buy(api: PackagesApi, caller: number): Promise<Ending> {
  const headers = { "x-caller": `${caller}` };
  return createPackageOnce(api, ODD_REQUEST, { ...options, headers }).then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
}

const OUTCOMES = [
  "bought, with a receipt",
  "bought, and found by looking",
  "refused, or not reached",
  "cannot know, and bought",
  "cannot know, and not bought",
] as const;

function outcomeOf(service: OddService, ending: Ending, caller: number): (typeof OUTCOMES)[number] {
  if ("value" in ending)
    return ending.value.found ? "bought, and found by looking" : "bought, with a receipt";
  if (!Object(ending.error).outcomeUnknown) return "refused, or not reached";
  const isBought = service.purchases.some((each) => each.caller === caller);
  return isBought ? "cannot know, and bought" : "cannot know, and not bought";
}

function counts(names: readonly string[], all: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, all.filter((each) => each === name).length]));
}
