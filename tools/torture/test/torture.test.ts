import type { Package } from "@betatelltd/esim-sdk";
import { expect, test } from "vitest";
import { killing } from "../src/kill.ts";
import { balance } from "../src/ledger.ts";
import { faults } from "../src/proxy.ts";
import { torture } from "../src/torture.ts";

/** A run that is too short for what is rare and slow has it more often, and sooner. */
const TIMEOUT = 600;
const shares = {
  ...faults,
  "answer later than the time limit": 0.01,
  "passed on later than the time limit": 0.01,
};

test.each([
  ["createPackage", false],
  ["createPackageOnce", true],
])("nothing is bought twice, lost or reported wrongly with %s", async (_, once) => {
  const { operations, struck, balance, missed } = await torture({
    seed: 7,
    operations: 600,
    workers: 32,
    once,
    timeout: TIMEOUT,
    shares,
  });
  // All of them where the machine is idle. On a busy one more purchases run out of time, and there is nothing to go on with.
  expect(operations).toBeGreaterThanOrEqual(300);
  expect(
    missed,
    "src/actions.ts lacks these operations if they write, and the stateful mock their rules if not",
  ).toEqual([]);
  expect(balance.outcomes["purchases refused"]).toBeGreaterThan(0);
  expect([...struck.keys()].sort()).toEqual(Object.keys(faults).sort());
  expect(Object.entries(balance.wrong).filter(([, count]) => count !== 0)).toEqual([]);
});

test("what was acknowledged survives kill -9", async () => {
  const { kills, acknowledged, lost } = await killing(3, 20);
  expect(kills).toBe(3);
  expect(acknowledged).toBeGreaterThanOrEqual(60);
  expect(lost).toEqual([]);
});

test("the ledger shows what went wrong", () => {
  const bought = (id: string, sim: string) => ({ id, sim }) as Package;
  const asked = (sim: string) => ({
    method: "POST",
    path: "/packages",
    body: JSON.stringify({ sim }),
    status: 201,
  });
  const { wrong } = balance(
    [
      { sim: "twice", isForeign: false, outcome: "done", id: "1" },
      { sim: "nowhere", isForeign: false, outcome: "done", id: "9" },
      { sim: "there", isForeign: false, outcome: "refused" },
    ],
    [
      { operation: "activatePackage", outcome: "refused", timesDone: 1 },
      { operation: "terminatePackage", outcome: "done", timesDone: 0 },
      { operation: "createPackageTemplate", outcome: "done", timesDone: 2 },
    ],
    [bought("1", "twice"), bought("2", "twice"), bought("3", "there")],
    [asked("twice"), asked("twice"), asked("there")],
    false,
  );
  expect(Object.values(wrong)).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test("createPackageOnce may leave a purchase unknown where the SIM is not the account's, and only there", () => {
  const unknown = (sim: string, isForeign: boolean) => ({ sim, isForeign, outcome: "unknown" }) as const;
  const purchases = [unknown("foreign", true), unknown("own", false), unknown("bought", true)];
  const packages = [{ id: "1", sim: "bought" } as Package];
  const { outcomes, wrong } = balance(purchases, [], packages, [], true);
  expect(outcomes).toMatchObject({
    "purchases unknown, and not there, of SIMs that are not the account's": 1,
  });
  expect(wrong).toMatchObject({
    "purchases unknown, and there": 1,
    "purchases unknown, and not there": 1,
  });
});
