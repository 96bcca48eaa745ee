import { expect, test } from "vitest";
import { oddServices } from "../src/odd-services.ts";

test("createPackageOnce keeps its promises with services of random traits", async () => {
  const { callers, outcomes, wrong } = await oddServices(7, 450);
  expect(callers).toBe(750);
  expect(Object.entries(outcomes).filter(([, count]) => count === 0)).toEqual([]);
  expect(Object.entries(wrong).filter(([, count]) => count !== 0)).toEqual([]);
});
