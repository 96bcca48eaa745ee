import type { Package } from "@betatelltd/esim-sdk";
import type { ActionId } from "./actions.ts";
import type { Passed } from "./proxy.ts";
import type { Balance } from "./report.ts";

/** How a write ended for its caller. */
export type Outcome = "done" | "refused" | "unknown";

/** One purchase. No two are for the same SIM, so that each package in the mock is of one of them. */
export interface Purchase {
  readonly sim: string;
  /** Whether the SIM is not the account's, so that the service refuses it. */
  readonly isForeign: boolean;
  readonly outcome: Outcome;
  /** Of the package, if the caller has seen it. */
  readonly id?: string;
}

/** Another write. No two of an operation are for the same thing. */
export interface Action {
  readonly operation: ActionId;
  readonly outcome: Outcome;
  /** By what the mock has. */
  readonly timesDone: number;
}

/**
 * Compares what callers know with what the mock has.
 *
 * @param once whether purchases were made by `createPackageOnce`, which may ask twice but must not leave an outcome unknown, except where a
 * lost attempt is followed by a refusal: nothing explains that one, and a SIM that is not the account's never shows a package. With
 * `createPackage` it is the other way round
 */
export function balance(
  purchases: readonly Purchase[],
  actions: readonly Action[],
  packages: readonly Package[],
  passed: readonly Passed[],
  once: boolean,
): Balance {
  const bySim = Map.groupBy(packages, ({ sim }) => sim);
  const there = ({ sim }: Purchase) => bySim.has(sim);
  const acted = ({ timesDone }: Action) => timesDone > 0;
  const count = <T>(all: readonly T[], ...tests: ((each: T) => boolean)[]) =>
    all.filter((each) => tests.every((test) => test(each))).length;
  const is = (outcome: Outcome) => (each: { outcome: Outcome }) => each.outcome === outcome;
  const not =
    <T>(test: (each: T) => boolean) =>
    (each: T) =>
      !test(each);
  const asked = Map.groupBy(
    passed.filter(({ method, path }) => method === "POST" && path === "/packages"),
    ({ body }) => JSON.parse(body).sim as string,
  );

  const repeated = {
    "purchases sent on more than once": [...asked.values()].filter(({ length }) => length > 1).length,
  };
  const isForeign = (each: Purchase) => once && each.isForeign;
  const unknown = {
    "purchases unknown, and there": count(purchases, is("unknown"), there),
    "purchases unknown, and not there": count(purchases, is("unknown"), not(there), not(isForeign)),
  };
  const unexplained = {
    "purchases unknown, and not there, of SIMs that are not the account's": count(
      purchases,
      is("unknown"),
      not(there),
      isForeign,
    ),
  };
  return {
    outcomes: {
      "purchases done": count(purchases, is("done")),
      "purchases refused": count(purchases, is("refused")),
      ...(once ? { ...repeated, ...unexplained } : unknown),
      "actions done": count(actions, is("done")),
      "actions refused": count(actions, is("refused")),
      "actions unknown, and done": count(actions, is("unknown"), acted),
      "actions unknown, and not done": count(actions, is("unknown"), not(acted)),
    },
    wrong: {
      "SIMs with more than one package": [...bySim.values()].filter(({ length }) => length > 1).length,
      "purchases reported done, and not there": count(
        purchases,
        is("done"),
        ({ sim, id }) => !bySim.get(sim)?.some((each) => each.id === id),
      ),
      "purchases reported refused, and there": count(purchases, is("refused"), there),
      "actions reported done, and not done": count(actions, is("done"), not(acted)),
      "actions reported refused, and done": count(actions, is("refused"), acted),
      "actions done more than once": count(actions, ({ timesDone }) => timesDone > 1),
      ...(once ? unknown : repeated),
    },
  };
}
