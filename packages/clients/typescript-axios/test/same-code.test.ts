import { startMock } from "@betatelltd/esim-mock";
import { expect, onTestFinished, test } from "vitest";
import { program } from "./same-code.ts";

// Run once with each client; see vitest.config.ts.
test("the same program gets the same results", async () => {
  const mock = await startMock({ port: 0, stateful: true });
  onTestFinished(() => mock.close());
  expect(await program(mock.url)).toEqual([
    201,
    true,
    "Europe 5 GB 7 days",
    204,
    200,
    1,
    true,
    18,
    "ACTIVE",
    204,
    404,
    404,
    "Package not found",
    400,
    400,
    expect.stringContaining("TERMINATED"),
    "number",
    "number",
    true,
    51952,
    true,
    204,
    "DISABLED",
    true,
    "Uint8Array",
    "P".charCodeAt(0),
    1,
    "ok",
  ]);
});
