import type { Package, PackageFilter, PackagesApi } from "@betatelltd/esim-sdk";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { TEMPLATE } from "./account.ts";

/** The first grows in front; the second does too, and shrinks anywhere; the third grows and shrinks anywhere. */
export const lists = {
  all: {},
  NOT_ACTIVE: { status: "NOT_ACTIVE" },
  ACTIVE: { status: "ACTIVE" },
} as const satisfies Record<string, PackageFilter>;
export type List = keyof typeof lists;

/** Packages that change, and the books on which list each is in. */
export interface Population {
  /**
   * The IDs in each list. One is entered once its package is there, and struck off, for good, before anything is done that takes it away:
   * what was entered before and still is afterwards has been there throughout.
   */
  readonly entered: Readonly<Record<List, ReadonlySet<string>>>;
  /** Creates, activates or terminates a package. */
  change(): Promise<void>;
}

/** @param sims those without a package */
export function population(
  api: PackagesApi,
  packages: readonly Package[],
  sims: readonly string[],
  random: RandomGenerator,
): Population {
  const idsOf = (status?: Package["status"]) =>
    new Set(packages.filter((each) => !status || each.status === status).map(({ id }) => id));
  const entered = { all: idsOf(), NOT_ACTIVE: idsOf("NOT_ACTIVE"), ACTIVE: idsOf("ACTIVE") };
  const simOf = new Map(packages.map(({ id, sim }) => [id, sim]));
  const free = new Set(sims);
  const drawn = <T>(all: readonly T[]) => all[uniformInt(random, 0, all.length - 1)] as T;

  const changes = [
    {
      from: free,
      async carryOut(sim: string) {
        const { data } = await api.createPackage({ sim, package_template: TEMPLATE });
        simOf.set(data.id, sim);
        entered.all.add(data.id);
        entered.NOT_ACTIVE.add(data.id);
      },
    },
    {
      from: entered.NOT_ACTIVE,
      async carryOut(id: string) {
        await api.activatePackage(id);
        entered.ACTIVE.add(id);
      },
    },
    {
      from: entered.ACTIVE,
      async carryOut(id: string) {
        await api.terminatePackage(id);
        free.add(simOf.get(id) as string);
      },
    },
  ];
  return {
    entered,
    async change() {
      const { from, carryOut } = drawn(changes.filter(({ from }) => from.size > 0));
      const one = drawn([...from]);
      from.delete(one);
      await carryOut(one);
    },
  };
}
