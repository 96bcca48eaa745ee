import { expect, test } from "vitest";
import { sweepCli } from "../src/secrecy/cli-sweep.ts";
import { sweepClient } from "../src/secrecy/sweep.ts";

test("no error path of the client lets a key out", async () => {
  const { paths, leaks } = await sweepClient();
  expect(paths).toBeGreaterThan(400);
  expect(leaks).toEqual([]);
});

test("no error path of the command line does, of one in six", async () => {
  const { paths, leaks } = await sweepCli(6);
  expect(paths).toBeGreaterThan(40);
  expect(leaks).toEqual([]);
});
