/**
 * Ten thousand operations from 32 workers through a network that misbehaves, once with `createPackage` and once with `createPackageOnce`; walks
 * along lists that change; then the mock is killed while it writes. Another seed: `pnpm torture 42`.
 */
import { randomInt } from "node:crypto";
import { killing } from "./kill.ts";
import { type Report, torture } from "./torture.ts";
import { walking } from "./walk.ts";

const seed = Number(process.argv[2] ?? randomInt(2 ** 31));
if (!Number.isSafeInteger(seed)) {
  console.error(`A seed is a whole number, such as 42, not ${process.argv[2]}.`);
  process.exit(2);
}
console.log(`Seed ${seed}. The same faults again: pnpm torture ${seed}`);
for (const once of [false, true]) {
  const report = await torture({ seed, operations: 10_000, workers: 32, once });
  show(once ? "createPackageOnce" : "createPackage", report);
  if (Object.values(report.balance.wrong).some((count) => count > 0)) process.exitCode = 1;
}

const { changes, walked } = await walking({ seed, rows: 400, walks: 16 });
console.log(`\nLists that are walked while ${changes} packages are created, activated and terminated`);
console.table(walked);
if (walked.some(({ skipped, repeated }) => skipped + repeated > 0)) process.exitCode = 1;

const { kills, acknowledged, lost } = await killing(20, 50);
console.log(
  `\n${kills} times kill -9: ${acknowledged} purchases were acknowledged, ${lost.length} of them lost`,
);
if (lost.length > 0) process.exitCode = 1;

function show(title: string, { operations, requests, struck, balance }: Report): void {
  console.log(`\n${title}: ${operations} operations, ${requests} requests passed on`);
  const parts = {
    "What struck": Object.fromEntries(struck),
    "What callers were told": balance.told,
    "What must not be": balance.wrong,
  };
  for (const [heading, counts] of Object.entries(parts)) {
    console.log(`\n${heading}`);
    for (const [what, count] of Object.entries(counts)) console.log(`${String(count).padStart(7)}  ${what}`);
  }
}
