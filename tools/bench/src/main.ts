/**
 * Measures the toolkit beside what one would otherwise use, and writes results.json, and a plot and the README's tables for each group.
 *
 * `pnpm bench` runs every group, `pnpm bench mock` the groups named; what others have found before is kept. `--smoke` measures next to
 * nothing and writes nothing, to see that a group works. A group that fails does not keep the others from being written.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { publish, readResults, runDetails } from "@betatelltd/esim-testing/report";
import { FULL, SMOKE } from "./effort.ts";
import { groups } from "./groups/all.ts";
import { plot } from "./plot.ts";
import { sections } from "./readme.ts";
import type { Results } from "./results.ts";
import { table } from "./table.ts";
import { versions } from "./versions.ts";

const { positionals: named, values: flags } = parseArgs({
  allowPositionals: true,
  options: { smoke: { type: "boolean", default: false } },
});
const effort = flags.smoke ? SMOKE : FULL;
const unknown = named.filter((id) => !groups.some((group) => group.id === id));
if (unknown.length > 0) {
  console.error(`no group ${unknown.join(", ")}: use ${groups.map(({ id }) => id).join(", ")}`);
  process.exit(2);
}

const folder = resolve(import.meta.dirname, "..");
const plots = resolve(folder, "plots");
const measured = await versions();
const list = Object.entries(measured).map((each) => each.join(" "));
console.log(`${runDetails("").machine}\n${list.join(", ")}`);
if (effort.isSmoke) console.log("A smoke run: its figures mean nothing.");
mkdirSync(plots, { recursive: true });
for (const group of groups) {
  if (named.length > 0 && !named.includes(group.id)) continue;
  console.log(`\n== ${group.title}\n${group.about}`);
  const start = performance.now();
  try {
    const rows = await group.run(effort);
    console.log(table(rows));
    console.log(`\n${group.id} took ${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
    const drawn = await plot(group, rows);
    if (effort.isSmoke) continue;
    const { title, about } = group;
    const result = { ...runDetails(`pnpm bench ${group.id}`), title, about, versions: measured, rows };
    const results: Results = { ...readResults<Results>(folder), [group.id]: result };
    writeFileSync(resolve(plots, `${group.id}.svg`), drawn);
    publish(folder, results, sections(results));
  } catch (error) {
    // What the others find is worth having all the same.
    console.error(`\n${group.id} failed:`, error);
    process.exitCode = 1;
  }
}
// Idle connections would keep it from ending.
process.exit();
