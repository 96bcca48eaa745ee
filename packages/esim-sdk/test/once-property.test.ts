import {
  brokenPromises,
  calmTraits,
  type Ending,
  KEYS,
  ODD_REQUEST,
  type OddTraits,
  type OncePlay,
  oddService,
  oddTraits,
} from "@betatelltd/esim-testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Configuration, createPackageOnce, PackagesApi } from "../src/index.ts";

interface Options {
  readonly maxAttempts: number;
  readonly lookups: number;
  readonly lookupDelay: number;
}
const options: fc.Arbitrary<Options> = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 4 }),
  lookups: fc.integer({ min: 1, max: 3 }),
  lookupDelay: fc.constantFrom(0, 1),
});

/** Buys concurrently, with one caller per script. */
async function play(traits: OddTraits, options: Options): Promise<OncePlay> {
  const service = oddService(traits);
  const baseOptions = { maxRetries: 0 };
  const configuration = { ...KEYS, basePath: "http://localhost/odd", baseOptions, fetch: service.fetch };
  const api = new PackagesApi(new Configuration(configuration));
  const endings = await Promise.all(
    traits.callers.map((_, caller): Promise<Ending> => {
      const call = createPackageOnce(api, ODD_REQUEST, { ...options, headers: { "x-caller": `${caller}` } });
      return call.then(
        (value) => ({ value }),
        (error) => ({ error }),
      );
    }),
  );
  service.settle();
  return { traits, service, endings, ...options };
}

async function keepsItsPromises(traits: OddTraits, options: Options): Promise<void> {
  const played = await play(traits, options);
  expect({
    broken: brokenPromises(played),
    endings: played.endings,
    bought: played.service.purchases,
  }).toEqual(expect.objectContaining({ broken: [] }));
}

const rows = calmTraits.newRows;
const terminated = { isSameSim: true, isSameTemplate: true, isLive: false, isAhead: false };
const live = { ...terminated, isLive: true };
const ahead = { ...terminated, isAhead: true };
const neighbour = { ...live, isSameSim: false, at: 3 };
const script = (...posts: OddTraits["callers"][number]["posts"]) => [{ posts, gets: [] }];
const undated = { older: [terminated], newRows: { ...rows, created_date: "null" } } as const;
const early = { older: [ahead], skew: -3_600_000 };
const lenient = { hasConflict: false };

/** Services that caused failures in the field or in an earlier version. One response is lost, unless a script says otherwise. */
test.each<[string, Partial<OddTraits>]>([
  ["the new row's date is null", undated],
  ["the new row's date is null, and a second package is allowed", { ...undated, ...lenient }],
  ["an older package is dated an hour ahead", early],
  ["an older package is dated an hour ahead, and a second one is allowed", { ...early, ...lenient }],
  ["the template is a string", { ...lenient, newRows: { ...rows, package_template: "bare ID as text" } }],
  ["the template is a name", { ...lenient, newRows: { ...rows, package_template: "name" } }],
  ["the new row has no ID", { ...lenient, newRows: { ...rows, id: "missing" } }],
  ["the new row is null", { ...lenient, newRows: { ...rows, isRow: false } }],
  [
    "a live package and an older one both have a blank ID",
    {
      ...lenient,
      older: [live, terminated],
      olderRows: { ...rows, id: "blank" },
      callers: script("lost before"),
    },
  ],
  [
    "an older row gets its ID later",
    {
      older: [terminated],
      olderRows: { ...rows, id: "missing" },
      isFickle: true,
      callers: script("lost before"),
    },
  ],
  [
    "the first lookup does not return a list",
    { older: [terminated], callers: [{ posts: ["lost before"], gets: ["no list"] }] },
  ],
  ["another SIM's package is bought at the same time", { ignoresSim: true, meanwhile: [neighbour] }],
  [
    "another SIM's package is bought at the same time, and rows show no SIM",
    {
      ignoresSim: true,
      meanwhile: [neighbour],
      newRows: { ...rows, sim: "missing" },
      callers: script("lost before"),
    },
  ],
  ["the first attempt arrives after the second was refused", { callers: script("late", "400"), delay: 99 }],
])("keeps every promise if %s", async (_, traits) => {
  const options = { maxAttempts: 5, lookups: 3, lookupDelay: 0 };
  await keepsItsPromises({ ...calmTraits, callers: script("lost after"), ...traits }, options);
});

test.each([
  [1, 2_000],
  [3, 600],
])(
  "keeps every promise with %i concurrent callers, for %i services with random traits",
  async (callers, numRuns) => {
    await fc.assert(fc.asyncProperty(oddTraits(callers), options, keepsItsPromises), { numRuns });
  },
);
