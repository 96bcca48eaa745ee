/**
 * Packs the client and uses it everywhere that its README names. What is pinned where: ../toolchain. The table of what each runtime knows
 * goes into the client's README. With `--write` a run of all rows writes it, and results.json and the table of this folder's README.
 *
 *     pnpm runtimes [--write] [row …]
 */
import { resolve } from "node:path";
import { publish, runDetails } from "@betatelltd/esim-testing/report";
import { type Check, check, format } from "./check.ts";
import type { Context, Row } from "./context.ts";
import { startHostileServers } from "./hostile.ts";
import { installRuntimes } from "./install.ts";
import { packClient } from "./pack.ts";
import { type Results, type RowResult, rowResult, sections } from "./report.ts";
import { bun } from "./rows/bun.ts";
import { bundles } from "./rows/bundles.ts";
import { chromium } from "./rows/chromium.ts";
import { deno } from "./rows/deno.ts";
import { jest } from "./rows/jest.ts";
import { next } from "./rows/next.ts";
import { node } from "./rows/node.ts";
import { types } from "./rows/types.ts";
import { vitestDom } from "./rows/vitest-dom.ts";
import { workerd } from "./rows/workerd.ts";
import { endAll } from "./run.ts";
import { checkTable } from "./table.ts";

/** In the order in which they are printed. */
const ROWS: Readonly<Record<string, Row>> = {
  node,
  deno,
  bun,
  workerd,
  chromium,
  "vitest-dom": vitestDom,
  next,
  bundles,
  jest,
  types,
};
/** These start first, so that a short one ends last. */
const LONGEST = ["types", "next"];
/** The number of CI's processors. */
const AT_ONCE = 2;

const args = process.argv.slice(2);
const isToBeWritten = args.includes("--write");
const named = args.filter((arg) => arg !== "--write");
const unknown = named.find((name) => !Object.hasOwn(ROWS, name));
if (unknown !== undefined) {
  console.error(`Unknown row or option: ${unknown}. Use ${Object.keys(ROWS).join(", ")} or --write.`);
  process.exit(2);
}

const toolchain = installRuntimes();
const servers = await startHostileServers();
const packed = await packClient();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
const checks: Check[] = [];
const results: Record<string, RowResult> = {};
try {
  const context: Context = { toolchain, packed, servers, columns: new Map() };
  const names = Object.keys(ROWS).filter((name) => named.length === 0 || named.includes(name));
  const waiting = names.toSorted((a, b) => LONGEST.indexOf(b) - LONGEST.indexOf(a));
  const finished = new Map<string, string>();
  const work = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const start = performance.now();
      const found = await runRow(name, context);
      const seconds = ((performance.now() - start) / 1000).toFixed();
      checks.push(...found);
      results[name] = rowResult(found);
      finished.set(name, `\n${name}, ${seconds} s\n${found.map(format).join("\n")}`);
      // Each is printed as soon as those before it are.
      for (let text = finished.get(names[0] ?? ""); text; text = finished.get(names[0] ?? "")) {
        console.log(text);
        names.shift();
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const last = checkTable(context.columns, isToBeWritten);
  if (last.length > 0) console.log(`\n${last.map(format).join("\n")}`);
  checks.push(...last);
  if (isToBeWritten && named.length === 0) write();
} finally {
  await servers.close();
  packed.remove();
}
const failed = checks.filter(({ problems }) => problems.length > 0).length;
console.log(`\nruntimes: ${checks.length - failed} checks passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** In the order of the rows, not in that in which they ended. */
function write(): void {
  const rows = Object.fromEntries(Object.keys(ROWS).map((name) => [name, results[name] ?? rowResult([])]));
  const all: Results = { ...runDetails("pnpm runtimes"), rows };
  publish(resolve(import.meta.dirname, ".."), all, sections(all));
}

/** Leaves nothing behind, neither programs nor folders. */
async function stop(): Promise<void> {
  await endAll();
  packed.remove();
  process.exit(130);
}

async function runRow(name: string, context: Context): Promise<readonly Check[]> {
  try {
    return (await ROWS[name]?.(context)) ?? [];
  } catch (error) {
    return [check(`${name}: runs`, error instanceof Error ? `${error.stack}` : `${error}`)];
  }
}
