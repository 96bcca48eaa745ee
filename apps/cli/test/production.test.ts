import { readContract } from "@betatelltd/esim-testing";
import { expect, test } from "vitest";
import { STATE_CHOICES, state } from "../src/arguments.ts";
import { PRODUCTION } from "../src/settings/connection.ts";

test("the production server and the package states match the contract", () => {
  const document = JSON.stringify(readContract());
  expect(document).toContain(`"${PRODUCTION}"`);
  const [, states = "[]"] = /"enum":(\["NOT_ACTIVE".*?\])/.exec(document) ?? [];
  expect(STATE_CHOICES.map(state)).toEqual(JSON.parse(states));
});
