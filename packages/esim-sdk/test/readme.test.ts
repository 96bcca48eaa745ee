import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { OPERATIONS } from "../src/index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test.each(Object.values(OPERATIONS))("$id is in the tables of the README", ({ id, tag }) => {
  const rows = readme.split("\n").filter((line) => line.startsWith("|"));
  const ofTag = tag === "Packages" ? "" : `\`${tag}Api\``;
  const isNamed = rows.some((row) => row.includes(ofTag) && new RegExp(`\`${id}\\b`).test(row));
  expect(isNamed, `packages/esim-sdk/README.md has no ${id} of ${tag}Api in its tables`).toBe(true);
});
