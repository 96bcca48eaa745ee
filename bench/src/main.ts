/**
 * Measures the toolkit beside what one would otherwise use, and writes results.json, and a plot and the README's table for each group.
 *
 * `pnpm bench` runs every group, `pnpm bench mock` the groups named; what others have found before is kept.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, totalmem } from "node:os";
import { calls } from "./groups/calls.ts";
import { commandLine } from "./groups/command-line.ts";
import { mock } from "./groups/mock.ts";
import { pages } from "./groups/pages.ts";
import { types } from "./groups/types.ts";
import { weight } from "./groups/weight.ts";
import type { Row } from "./measure.ts";
import { plot } from "./plot.ts";
import { writeReadme } from "./readme.ts";
import { table } from "./table.ts";
import { versions } from "./versions.ts";

const groups = [calls, weight, pages, commandLine, mock, types];
const named = process.argv.slice(2);
const unknown = named.filter((id) => !groups.some((group) => group.id === id));
if (unknown.length > 0) {
  console.error(
    `There is no group ${unknown.join(", ")}; there are ${groups.map(({ id }) => id).join(", ")}.`,
  );
  process.exit(2);
}

interface Result {
  readonly title: string;
  readonly about: string;
  readonly date: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

const file = new URL("../results.json", import.meta.url);
const plots = new URL("../plots/", import.meta.url);
const results: Record<string, Result> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
const machine = `${cpus().length} × ${cpus()[0]?.model ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${arch()}`;

console.log(
  `${machine}\n${Object.entries(versions)
    .map((each) => each.join(" "))
    .join(", ")}`,
);
mkdirSync(plots, { recursive: true });
for (const group of groups) {
  if (named.length > 0 && !named.includes(group.id)) continue;
  console.log(`\n== ${group.title}\n${group.about}`);
  const rows = await group.run();
  console.log(table(rows));
  const { title, about } = group;
  const date = new Date().toISOString().slice(0, 10);
  results[group.id] = { title, about, date, machine, versions, rows };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  writeReadme(group.id, rows, `${date}, ${machine}, Node ${process.versions.node}`);
  writeFileSync(new URL(`${group.id}.svg`, plots), await plot(group, rows));
}
// Servers and idle connections of peers would keep it from ending.
process.exit();
