import { statSync } from "node:fs";
import { StatementSync } from "node:sqlite";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { builtInSeed } from "../src/stateful/built-in-seed.ts";
import type { Filter } from "../src/stateful/packages/package-list.ts";
import type { Seed } from "../src/stateful/seed.ts";
import { Store } from "../src/stateful/store.ts";
import { fileForTest } from "./mock-for-test.ts";

const USERS = ["a", "b"] as const;
const STATUSES = ["NOT_ACTIVE", "ACTIVE", "SUSPENDED", "TERMINATED"] as const;
const CHANGES = [
  "activate",
  "terminate",
  "suspend",
  "resume",
  "use",
  "create",
  "download",
  "disable data",
  "create a template",
] as const;
const ALL = 1_000;

function storeForTest(seed: Seed = builtInSeed(), file?: string): Store {
  const store = new Store(file, seed);
  onTestFinished(() => store.close());
  return store;
}

/** An account of any size, with a package for every SIM but the last ten. */
function seedOf(packages: number): Seed {
  const { templates } = builtInSeed();
  const sims = Array.from({ length: packages + 10 }, (_, n) => ({
    iccid: `8910300000${String(n).padStart(9, "0")}`,
    inventory: 51952,
  }));
  const package_template = templates[0]?.id as number;
  return {
    templates,
    sims,
    packages: sims.slice(0, packages).map(({ iccid }, n) => ({
      sim: iccid,
      package_template,
      status: "NOT_ACTIVE",
      created: -86_400_000 - Math.floor(n / 3),
    })),
  };
}

const allOf = (store: Store, user: string) => store.packages.list(user, {}, ALL, 0).rows;

/** A user's data besides packages. */
const restOf = ({ sims, templates }: Store, user: string) => ({
  sims: sims.list(user, {}, ALL, 0),
  templates: templates.list(user, undefined, ALL, 0),
});

const NEW_TEMPLATE = {
  name: "One GB",
  supported_countries: ["DEU"],
  activation_type: "AUTO",
  data_usage_allowance: 2 ** 30,
  time_allowance: { unit: "SECOND", duration: 86_400 },
  activation_time_allowance: 86_400,
  earliest_available_date: 0,
  latest_available_date: Date.UTC(9999, 0, 1),
  inventory: 51952,
} as const;

/** Changes a user's package, SIM or templates, where the rules allow it. */
function change(
  { packages, accounts, sims, templates }: Store,
  user: string,
  what: (typeof CHANGES)[number],
  n: number,
): void {
  const id = `pkg_${123_456 + n}`;
  const iccid = [...accounts.sims.keys()][n] as string;
  try {
    if (what === "create") packages.create(user, iccid, 21145354, 86_400 * n);
    else if (what === "download") sims.profileEvent(user, iccid, "download");
    else if (what === "disable data") sims.modifyRules(user, iccid, { data: { state: "DISABLED" } });
    else if (what === "create a template") templates.create(user, NEW_TEMPLATE);
    else if (what === "use") packages.use(user, id, { data: n * 1_000_000 });
    else packages[what](user, id);
  } catch (error) {
    expect(error).toHaveProperty("status");
  }
}

test("users of a shared seed see only their own changes, and pages and totals agree", () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        user: fc.constantFrom(...USERS),
        what: fc.constantFrom(...CHANGES),
        n: fc.nat(65),
      }),
    },
    { weight: 1, arbitrary: fc.record({ hours: fc.integer({ min: 1, max: 400 }) }) },
  );
  const sometimes = <T>(value: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
  const look = fc.record({
    status: sometimes(fc.constantFrom(...STATUSES)),
    template: sometimes(fc.integer({ min: 21145354, max: 21145358 })),
    inventory: sometimes(fc.integer({ min: 51952, max: 51954 })),
    sim: sometimes(fc.constantFrom(...builtInSeed().sims.slice(0, 5))),
    count: fc.integer({ min: 1, max: 30 }),
    offset: fc.nat(70),
  });
  const seen = new Set<string>();
  const store = storeForTest();
  fc.assert(
    fc.property(
      fc.array(fc.record({ step, looks: fc.array(look, { maxLength: 4 }) }), { maxLength: 25 }),
      (round) => {
        store.reset();
        store.clock.reset();
        const fresh = allOf(store, "nobody");
        expect(allOf(store, "a")).toEqual(fresh);
        const freshRest = restOf(store, "nobody");
        for (const { step, looks } of round) {
          if ("hours" in step) store.clock.advance(step.hours * 3_600_000);
          else {
            const other = USERS.find((user) => user !== step.user) as string;
            const before = [allOf(store, other), restOf(store, other)];
            change(store, step.user, step.what, step.n);
            expect([allOf(store, other), restOf(store, other)]).toEqual(before);
            expect(restOf(store, "nobody")).toEqual(freshRest);
            const { sims, templates } = restOf(store, step.user);
            if (templates.total > freshRest.templates.total) seen.add("a template of one's own");
            if (JSON.stringify(sims) !== JSON.stringify(freshRest.sims)) seen.add("a changed SIM");
          }
          for (const user of [...USERS, "nobody"]) {
            const all = allOf(store, user);
            for (const { count, offset, sim, ...more } of looks) {
              const filter: Filter = { ...more, sim: sim?.iccid };
              const matching = all.filter(
                (row) =>
                  [undefined, row.status].includes(filter.status) &&
                  [undefined, row.template].includes(filter.template) &&
                  [undefined, row.sim].includes(filter.sim) &&
                  [undefined, store.accounts.sims.get(row.sim)?.inventory].includes(filter.inventory),
              );
              expect(store.packages.list(user, filter, count, offset)).toEqual({
                total: matching.length,
                rows: matching.slice(offset, offset + count),
              });
              if (matching.length > offset + count) seen.add("a page with more after it");
            }
            if (all.some(({ id }, index) => id !== fresh[index]?.id)) seen.add("a package of one's own");
            if (all.some(({ status }, index) => status !== fresh[index]?.status))
              seen.add("a changed package");
          }
        }
      },
    ),
    { numRuns: 60 },
  );
  expect([...seen].sort()).toEqual([
    "a changed SIM",
    "a changed package",
    "a package of one's own",
    "a page with more after it",
    "a template of one's own",
  ]);
});

test("a user's first write stores only what is written, however large the seed", async () => {
  const store = storeForTest(seedOf(3_000));
  const run = vi.spyOn(StatementSync.prototype, "run");
  onTestFinished(() => run.mockRestore());
  store.packages.activate("user", "pkg_123460");
  store.packages.create("user", "8910300000000003005", 21145354);
  const stored = run.mock.results.map(({ value }) => Number(value?.changes ?? 0));
  expect(Math.max(...stored)).toBe(1);
  expect(store.packages.list("user", {}, 20, 0).total).toBe(3_001);
});

test("50,000 users with one bought package each take less than 200 MiB", async () => {
  const file = await fileForTest("state.db");
  const store = new Store(file, builtInSeed());
  const empty = statSync(file).size;
  const users = 500;
  for (let user = 0; user < users; user += 1)
    store.packages.create(`user-${user}`, "8910300000045682001", 21145354);
  store.close();
  const each = (statSync(file).size - empty) / users;
  expect(each).toBeGreaterThan(100);
  expect(each * 50_000).toBeLessThan(200 * 2 ** 20);
});

test("the last page of a list costs no more than the first, and each next page no more than the one before", () => {
  const store = storeForTest(seedOf(3_000));
  store.packages.activate("user", "pkg_123460");
  const all = vi.spyOn(StatementSync.prototype, "all");
  onTestFinished(() => all.mockRestore());
  /** How many rows SQLite skipped for the last page. */
  const skipped = () => (all.mock.lastCall as unknown as [{ skips: number }])[0].skips;
  for (const filter of [{}, { template: 21145354 }, { status: "NOT_ACTIVE" }] as const) {
    expect(store.packages.list("user", filter, 20, 2_979).rows).toHaveLength(20);
    expect(skipped()).toBeLessThanOrEqual(1);
    for (let offset = 0; offset < 2_900; offset += 100) {
      expect(store.packages.list("user", filter, 100, offset).rows).toHaveLength(100);
      expect(skipped()).toBe(0);
    }
  }
});

test("a page of templates or SIMs reads what it shows, wherever it is", () => {
  const store = storeForTest();
  for (let n = 0; n < 300; n += 1) store.templates.create("user", NEW_TEMPLATE);
  const all = vi.spyOn(StatementSync.prototype, "all");
  onTestFinished(() => all.mockRestore());
  for (const inventory of [undefined, 51952]) {
    for (const offset of [0, 150, 290, 299]) {
      all.mockClear();
      expect(store.templates.list("user", inventory, 10, offset).templates).toHaveLength(10);
      const read = all.mock.results.map(({ value }) => value.length);
      expect(read).toEqual([Math.min(10, 300 - offset)]);
    }
  }
  store.sims.modifyRules("user", "8910300000045681955", { route_policy: 2 });
  all.mockClear();
  expect(store.sims.list("user", {}, 10, 190).lines).toHaveLength(10);
  expect(all.mock.results.map(({ value }) => value.length)).toEqual([1]);
});
