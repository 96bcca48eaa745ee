import fc from "fast-check";
import { type Drift, WAYS } from "./odd-row.ts";

/**
 * What happens to a purchase. `before` and `after`: whether it was carried out when the connection was lost, or when something other than a
 * receipt was returned. A `late` one is carried out after its caller has given up.
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

/** A package that none of the callers bought: its SIM, its template and its date. */
export interface OtherPackage {
  readonly isSameSim: boolean;
  readonly isSameTemplate: boolean;
  readonly isLive: boolean;
  /** Whether it is dated an hour ahead. */
  readonly isAhead: boolean;
}

/** The behaviour of a service, as plain data that can be generated, printed and shrunk. */
export interface OddTraits {
  /** Whether a second live package for a SIM is refused, with 409. */
  readonly hasConflict: boolean;
  /** Whether lists ignore the filter and show other SIMs too. */
  readonly ignoresSim: boolean;
  /** How many lists after a purchase do not show it yet. */
  readonly lag: number;
  /** How many more requests come before a late purchase arrives. */
  readonly delay: number;
  /** How far the service's clock is from the older packages' clock, in milliseconds. */
  readonly skew: number;
  readonly older: readonly OtherPackage[];
  /** Packages that others buy, and the request at which they do. */
  readonly meanwhile: readonly (OtherPackage & { readonly at: number })[];
  readonly olderRows: Drift;
  /** Whether older rows are written that way only until someone buys, and correctly from then on. */
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

/** A service that works correctly, for one caller. */
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

/** Mostly the first of `values`, to which a counterexample shrinks. */
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
/** Rows with so few fields that two may be equal. */
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

/** That many services, always the same for a seed. */
export function sampleOddTraits(count: number, callers: number, seed: number): OddTraits[] {
  return fc.sample(oddTraits(callers), { numRuns: count, seed });
}
