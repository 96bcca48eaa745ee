/**
 * Ten thousand operations from 32 workers through a network that misbehaves, with the settings that the client comes with: once with
 * `createPackage` and once with `createPackageOnce`; that one with 3,000 services of random traits as well; walks along lists that change; a
 * mock that is killed while it writes; and every error path with marked keys. But for those services all at the same time, as most of it is
 * waiting. Another seed: `pnpm torture 42`.
 */
import { randomInt } from "node:crypto";
import { killing } from "./kill.ts";
import { oddServices } from "./odd-services.ts";
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

// Those services never wait, and beside them the walks would run out of their short time limits.
const alone = await Promise.allSettled([oddities()]);
const together = await Promise.allSettled([buying(false), buying(true), walks(), kills(), secrets()]);
const parts = [...alone, ...together];
for (const part of parts) {
  if (part.status === "rejected") console.error("\n", part.reason);
  else console.log(`\n${part.value.text}`);
  if (part.status === "rejected" || part.value.wrong > 0) process.exitCode = 1;
}

async function buying(once: boolean): Promise<Part> {
  const { operations, requests, struck, balance, missed } = await torture({
    seed,
    operations: 10_000,
    workers: 32,
    once,
  });
  const counts = {
    "What struck": Object.fromEntries(struck),
    "How it ended for the callers": balance.outcomes,
    "What must not be": {
      ...balance.wrong,
      ...Object.fromEntries(missed.map((id) => [`${id} without any success`, 1])),
    },
  };
  const title = `${once ? "createPackageOnce" : "createPackage"}: ${operations} operations, ${requests} requests passed on`;
  return { text: tables(title, counts), wrong: sum(Object.values(counts["What must not be"])) };
}

async function oddities(): Promise<Part> {
  const { callers, requests, outcomes, wrong } = await oddServices(seed, 3_000);
  const title = `createPackageOnce: 3,000 services with random traits, ${callers} callers, ${requests} requests`;
  const counts = {
    "How it ended for the callers": outcomes,
    "Services with which a promise was broken": wrong,
  };
  return { text: tables(title, counts), wrong: sum(Object.values(wrong)) };
}

/** A title, and below it what was counted, under headings. */
function tables(title: string, counts: Record<string, Record<string, number>>): string {
  const all = Object.entries(counts).map(
    ([heading, each]) => `${heading}\n${aligned(Object.entries(each).map(([what, count]) => [count, what]))}`,
  );
  return [title, ...all].join("\n\n");
}

async function walks(): Promise<Part> {
  const { changes, walked } = await walking({ seed, rows: 400, walks: 16 });
  const headings = ["list", "way", "walks", "broken off", "rows there throughout", "skipped", "repeated"];
  const rows = walked.map((each) => Object.values(each));
  return {
    text: `Lists that are walked while ${changes} packages are created, activated and terminated\n${aligned([headings, ...rows])}`,
    // A list that no walk came to the end of proves nothing.
    wrong: sum(walked.map(({ walks, skipped, repeated }) => skipped + repeated + Number(walks === 0))),
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
