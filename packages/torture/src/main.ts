/**
 * Ten thousand operations from 32 workers through a network that misbehaves, with the settings that the client comes with: once with
 * `createPackage` and once with `createPackageOnce`; walks along lists that change; a mock that is killed while it writes; and every error
 * path with marked keys. All at the same time, as most of it is waiting. Another seed: `pnpm torture 42`.
 */
import { randomInt } from "node:crypto";
import { killing } from "./kill.ts";
import { aligned, type Part, sum } from "./part.ts";
import { sweepSecrets } from "./secrecy/sweep.ts";
import { torture } from "./torture.ts";
import { walking } from "./walk.ts";

const seed = Number(process.argv[2] ?? randomInt(2 ** 31));
if (!Number.isSafeInteger(seed)) {
  console.error(`A seed is a whole number, such as 42, not ${process.argv[2]}.`);
  process.exit(2);
}
console.log(
  `Seed ${seed}. The same sequence of faults again: pnpm torture ${seed}\nThis takes two to three minutes.`,
);

const parts = await Promise.allSettled([buying(false), buying(true), walks(), kills(), secrets()]);
for (const part of parts) {
  if (part.status === "rejected") console.error("\n", part.reason);
  else console.log(`\n${part.value.text}`);
  if (part.status === "rejected" || part.value.wrong > 0) process.exitCode = 1;
}

async function buying(once: boolean): Promise<Part> {
  const { operations, requests, struck, balance } = await torture({
    seed,
    operations: 10_000,
    workers: 32,
    once,
  });
  const counts = {
    "What struck": Object.fromEntries(struck),
    "What callers were told": balance.told,
    "What must not be": balance.wrong,
  };
  const title = `${once ? "createPackageOnce" : "createPackage"}: ${operations} operations, ${requests} requests passed on`;
  const tables = Object.entries(counts).map(
    ([heading, each]) => `${heading}\n${aligned(Object.entries(each).map(([what, count]) => [count, what]))}`,
  );
  return { text: [title, ...tables].join("\n\n"), wrong: sum(Object.values(balance.wrong)) };
}

async function walks(): Promise<Part> {
  const { changes, walked } = await walking({ seed, rows: 400, walks: 16 });
  const headings = ["list", "way", "walks", "broken off", "rows there throughout", "skipped", "repeated"];
  const rows = walked.map((each) => Object.values(each));
  return {
    text: `Lists that are walked while ${changes} packages are created, activated and terminated\n${aligned([headings, ...rows])}`,
    wrong: sum(walked.map(({ skipped, repeated }) => skipped + repeated)),
  };
}

async function kills(): Promise<Part> {
  const { kills, acknowledged, lost } = await killing(20, 50);
  return {
    text: `${kills} times kill -9: ${acknowledged} purchases were acknowledged, ${lost.length} of them lost`,
    wrong: lost.length,
  };
}

async function secrets(): Promise<Part> {
  const sweeps = Object.entries(await sweepSecrets());
  const lines = sweeps.flatMap(([who, { paths, leaks }]) => [
    `${paths} error paths of the ${who} with marked keys: ${leaks.length} let one out`,
    ...leaks.map(({ path, where }) => `  ${path}: ${where}`),
  ]);
  return { text: lines.join("\n"), wrong: sum(sweeps.map(([, { leaks }]) => leaks.length)) };
}
