import fc from "fast-check";

/** Text that has a meaning in paths, queries, shells, terminals or JavaScript. */
const traps = [
  ..."|.|..|%2e%2e|/|//|\\|a/../b|?a=b|#a|%|{id}|%7Bid%7D| |\0|\n|\u001b[2J|\u202e|\ud800|a\udfff".split("|"),
  ..."é|e\u0301|👩‍👩‍👧|__proto__|constructor|toString|-1|1e309|NaN|Infinity|null|--|--json|@a|http://127.0.0.1:1".split(
    "|",
  ),
  "x".repeat(99_999),
];
const halves = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) });

/** Any text, even if it is not well-formed. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...traps),
  fc.string({ unit: "binary" }),
  halves,
);

/** Any number. */
export const oddNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -0, -1, 0.5, 2 ** 31, 2 ** 53, 1e21, Number.NaN, Infinity, -Infinity),
  fc.double(),
  fc.integer(),
);

const circular: { self?: object } = {};
circular.self = circular;

/** Anything at all, from callers without a compiler. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  oddNumber,
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    1n,
    Symbol("odd"),
    circular,
    () => "odd",
    Object.create(null),
  ),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
  }),
);
