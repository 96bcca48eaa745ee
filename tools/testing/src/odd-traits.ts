import fc from "fast-check";
import { type Drift, WAYS } from "./odd-row.ts";

/**
 * What becomes of a purchase. `before` and `after` say whether it was carried out when the connection was lost, or something other than a
 * receipt came back; a `late` one is carried out after its caller has given it up.
 */
const POST_FAULTS = [
  "none",
  "lost before",
  "lost after",
  "late",
  "500 before",
  "500 after",
  "page before",
  "page after",
  "empty after",
  "302 before",
  "408 before",
  "408 after",
  "400",
  "429",
  "connection refused",
] as const;
export type PostFault = (typeof POST_FAULTS)[number];

/** What becomes of a list. `no list` is a success whose JSON has neither rows nor a total: it shows nothing, and proves nothing. */
const GET_FAULTS = ["none", "lost", "500", "page", "no list", "429", "401"] as const;
export type GetFault = (typeof GET_FAULTS)[number];

/** What one caller meets, request by request; all goes well once it is used up. */
interface OddScript {
  readonly posts: readonly PostFault[];
  readonly gets: readonly GetFault[];
}

/** A package that none of the callers bought: whose it is, of which template, and how it is dated. */
export interface OtherPackage {
  readonly isSameSim: boolean;
  readonly isSameTemplate: boolean;
  readonly isLive: boolean;
  /** Whether it is dated an hour ahead. */
  readonly isAhead: boolean;
}

/** What a service is like, as plain data: it can be drawn, printed and shrunk. */
export interface OddTraits {
  /** Whether a SIM that has a live package is refused another, with 409. */
  readonly hasConflict: boolean;
  /** Whether lists show other SIMs too, whichever is asked for. */
  readonly ignoresSim: boolean;
  /** How many lists do not show a new package yet. */
  readonly lag: number;
  /** After how many further requests a late purchase arrives. */
  readonly delay: number;
  /** How far the service's clock is from that of the older packages, in milliseconds. */
  readonly skew: number;
  readonly older: readonly OtherPackage[];
  /** Packages that others buy, and at which request. */
  readonly meanwhile: readonly (OtherPackage & { readonly at: number })[];
  readonly olderRows: Drift;
  /** Whether older rows are only written that way until someone buys, and rightly from then on. */
  readonly isFickle: boolean;
  readonly newRows: Drift;
  /** One script for each caller. */
  readonly callers: readonly OddScript[];
}

export const contractual: Drift = {
  isRow: true,
  id: "right",
  sim: "right",
  package_template: "right",
  status: "right",
  created_date: "right",
};

/** A service that does what it should, for one caller. */
export const calmTraits: OddTraits = {
  hasConflict: true,
  ignoresSim: false,
  lag: 0,
  delay: 1,
  skew: 0,
  older: [],
  meanwhile: [],
  olderRows: contractual,
  isFickle: false,
  newRows: contractual,
  callers: [{ posts: [], gets: [] }],
};

/** The first of `values` most of the time, and what a counterexample shrinks to. */
function mostly<T>(values: readonly T[], weight: number): fc.Arbitrary<T> {
  const [first, ...rest] = values as readonly [T, ...T[]];
  const alternatives = [
    { arbitrary: fc.constant(first), weight },
    { arbitrary: fc.constantFrom(...rest), weight: 1 },
  ];
  return fc.oneof({ withCrossShrink: true }, ...alternatives);
}

const way = <F extends keyof typeof WAYS>(field: F) =>
  mostly(Object.keys(WAYS[field]) as (keyof (typeof WAYS)[F])[], 3);
const drift: fc.Arbitrary<Drift> = fc.record({
  isRow: mostly([true, false], 8),
  id: way("id"),
  sim: way("sim"),
  package_template: way("package_template"),
  status: way("status"),
  created_date: way("created_date"),
});
/** Rows with so little in them that two may be equal. */
const sparse: fc.Arbitrary<Drift> = fc
  .subarray(Object.keys(WAYS))
  .map((fields) => ({ ...contractual, ...Object.fromEntries(fields.map((field) => [field, "missing"])) }));
const rows = fc.oneof({ withCrossShrink: true }, fc.constant(contractual), drift, sparse);

const other = {
  isSameSim: fc.boolean(),
  isSameTemplate: mostly([true, false], 3),
  isLive: mostly([false, true], 2),
  isAhead: fc.boolean(),
};
const script: fc.Arbitrary<OddScript> = fc.record({
  posts: fc.array(fc.constantFrom(...POST_FAULTS), { maxLength: 4 }),
  gets: fc.array(mostly(GET_FAULTS, 4), { maxLength: 8 }),
});

/** Any service, with as many callers at once. */
export function oddTraits(callers: number): fc.Arbitrary<OddTraits> {
  const drawn = fc.record({
    hasConflict: fc.boolean(),
    ignoresSim: fc.boolean(),
    lag: mostly([0, 1, 2, 5, 20], 2),
    delay: fc.integer({ min: 1, max: 12 }),
    skew: mostly([0, -86_400_000, -3_600_000, 3_600_000], 1),
    older: fc.array(fc.record(other), { maxLength: 3 }),
    meanwhile: fc.array(fc.record({ ...other, at: fc.integer({ min: 2, max: 8 }) }), { maxLength: 2 }),
    olderRows: rows,
    isFickle: mostly([false, true], 3),
    newRows: rows,
    callers: fc.array(script, { minLength: callers, maxLength: callers }),
    isUniform: fc.boolean(),
  });
  return drawn.map(({ isUniform, ...traits }) => ({
    ...traits,
    olderRows: isUniform ? traits.newRows : traits.olderRows,
  }));
}

/** As many services, always the same from one seed. */
export function sampleOddTraits(count: number, callers: number, seed: number): OddTraits[] {
  return fc.sample(oddTraits(callers), { numRuns: count, seed });
}
