import type { Package } from "@betatelltd/esim-sdk";
import type { Passed } from "./proxy.ts";

/** How a write ended, as its caller was told. */
export type Outcome = "done" | "refused" | "unknown";

/** One purchase. No two are for the same SIM, so that each package in the mock is of one of them. */
export interface Purchase {
  readonly sim: string;
  readonly outcome: Outcome;
  /** Of the package, if it is told to be there. */
  readonly id?: string;
}

/** An activation or termination of a package. No two are for the same one. */
export interface Action {
  readonly kind: "activate" | "terminate";
  readonly id: string;
  readonly outcome: Outcome;
}

/** Counts of what the callers were told, and of what has no business to happen. */
export interface Balance {
  readonly told: Readonly<Record<string, number>>;
  /** All of them have to be 0. */
  readonly wrong: Readonly<Record<string, number>>;
}

/**
 * Holds what the callers were told against what the mock has.
 *
 * @param once whether purchases were made by `createPackageOnce`, which may ask twice but must not leave an outcome unknown; with
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
  const byId = new Map(packages.map((each) => [each.id, each]));
  const there = ({ sim }: Purchase) => bySim.has(sim);
  const acted = ({ kind, id }: Action) =>
    Boolean(byId.get(id)?.[kind === "activate" ? "activated_date" : "terminated_date"]);
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
  const unknown = {
    "purchases unknown, and there": count(purchases, is("unknown"), there),
    "purchases unknown, and not there": count(purchases, is("unknown"), not(there)),
  };
  return {
    told: {
      "purchases done": count(purchases, is("done")),
      "purchases refused": count(purchases, is("refused")),
      ...(once ? repeated : unknown),
      "actions done": count(actions, is("done")),
      "actions refused": count(actions, is("refused")),
      "actions unknown, and done": count(actions, is("unknown"), acted),
      "actions unknown, and not done": count(actions, is("unknown"), not(acted)),
    },
    wrong: {
      "SIMs with more than one package": [...bySim.values()].filter(({ length }) => length > 1).length,
      "purchases told to be done, and not there": count(
        purchases,
        is("done"),
        ({ sim, id }) => !bySim.get(sim)?.some((each) => each.id === id),
      ),
      "purchases told to be refused, and there": count(purchases, is("refused"), there),
      "actions told to be done, and not done": count(actions, is("done"), not(acted)),
      "actions told to be refused, and done": count(actions, is("refused"), acted),
      ...(once ? unknown : repeated),
    },
  };
}
