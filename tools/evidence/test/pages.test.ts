import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { textBetween } from "@betatelltd/esim-testing/report";
import { expect, test } from "vitest";
import { pages } from "../src/pages.ts";

test.each(pages())("$folder/README.md shows the results as they are", ({ folder, sections }) => {
  const page = readFileSync(join(folder, "README.md"), "utf8");
  expect(Object.keys(sections)).not.toEqual([]);
  for (const [name, text] of Object.entries(sections))
    expect(textBetween(page, name), `${basename(folder)}: run \`pnpm evidence --readme\``).toBe(text);
});
