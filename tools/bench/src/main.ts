/**
 * Measures the toolkit beside what one would otherwise use, and writes results.json, and a plot and the README's tables for each group.
 *
 * `pnpm bench` runs every group, `pnpm bench mock` the groups named; what others have found before is kept. `--smoke` measures next to
 * nothing and writes nothing, to see that a group works.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { FULL, SMOKE } from "./effort.ts";
import { groups } from "./groups/all.ts";
import { plot } from "./plot.ts";
import { writeReadme } from "./readme.ts";
import type { Row } from "./rows.ts";
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
if (effort.isSmoke) console.log("A smoke run: its figures mean nothing.");
mkdirSync(plots, { recursive: true });
for (const group of groups) {
  if (named.length > 0 && !named.includes(group.id)) continue;
  console.log(`\n== ${group.title}\n${group.about}`);
  const rows = await group.run(effort);
  console.log(table(rows));
  if (effort.isSmoke) continue;
  const { title, about } = group;
  const date = new Date().toISOString().slice(0, 10);
  results[group.id] = { title, about, date, machine, versions, rows };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  writeReadme(group.id, rows, `${date}, ${machine}, Node ${process.versions.node}`);
  writeFileSync(new URL(`${group.id}.svg`, plots), await plot(group, rows));
}
// Idle connections would keep it from ending.
process.exit();
