/**
 * Ten thousand operations from 32 workers through a network that misbehaves, with the settings that the client comes with: once with
 * `createPackage` and once with `createPackageOnce`; that one with 3,000 services of random traits as well; walks along lists that change; a
 * mock that is killed while it writes; and every error path with marked keys. But for those services all at the same time, as most of it is
 * waiting. Another seed: `pnpm torture 42`. With `--write` it
 * writes results.json and the README's tables.
 */
import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { publish, runDetails } from "@betatelltd/esim-testing/report";
import { killing } from "./kill.ts";
import { oddServices } from "./odd-services.ts";
import { aligned, type Part, sum } from "./part.ts";
import { type Operations, type Results, sections } from "./report.ts";
import { sweepSecrets } from "./secrecy/sweep.ts";
import { torture } from "./torture.ts";
import { walking } from "./walk.ts";

const { positionals, values: flags } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});
const seed = Number(positionals[0] ?? randomInt(2 ** 31));
if (!Number.isSafeInteger(seed)) {
  console.error(`A seed is a whole number, such as 42, not ${positionals[0]}.`);
  process.exit(2);
}
console.log(
  `Seed ${seed}. The same sequence of faults again: pnpm torture ${seed}\nThis takes two to three minutes.`,
);

// Those services never wait, and beside them the walks would run out of their short time limits.
const alone = await Promise.allSettled([oddities()]);
const together = await Promise.allSettled([buying(false), buying(true), walks(), kills(), secrets()]);
for (const part of [...alone, ...together]) {
  if (part.status === "rejected") console.error("\n", part.reason);
  else console.log(`\n${part.value.text}`);
  if (part.status === "rejected" || part.value.wrong > 0) process.exitCode = 1;
}
if (flags.write) write();

/** Half of a run is not written. */
function write(): void {
  const [[odd], [first, second, walked, killed, swept]] = [alone, together];
  const found = <Found>(part: PromiseSettledResult<Part<Found>> | undefined): Found => {
    if (part?.status !== "fulfilled") throw new Error("a part broke off, so nothing was written");
    return part.value.found;
  };
  const results: Results = {
    ...runDetails(`pnpm torture ${seed}`),
    seed,
    createPackage: found(first),
    createPackageOnce: found(second),
    oddServices: found(odd),
    walks: found(walked),
    kills: found(killed),
    secrets: found(swept),
  };
  publish(resolve(import.meta.dirname, ".."), results, sections(results));
}

async function buying(once: boolean): Promise<Part<Operations>> {
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
  const found = {
    operations,
    requests,
    struck: Object.fromEntries(struck),
    balance: { ...balance, wrong: counts["What must not be"] },
  };
  return { text: tables(title, counts), wrong: sum(Object.values(found.balance.wrong)), found };
}

async function oddities(): Promise<Part<Results["oddServices"]>> {
  const services = 3_000;
  const report = await oddServices(seed, services);
  const { callers, requests, outcomes, wrong } = report;
  const title = `createPackageOnce: ${services} services with random traits, ${callers} callers, ${requests} requests`;
  const counts = {
    "How it ended for the callers": outcomes,
    "Services with which a promise was broken": wrong,
  };
  return { text: tables(title, counts), wrong: sum(Object.values(wrong)), found: { services, ...report } };
}

/** A title, and below it what was counted, under headings. */
function tables(title: string, counts: Record<string, Record<string, number>>): string {
  const all = Object.entries(counts).map(
    ([heading, each]) => `${heading}\n${aligned(Object.entries(each).map(([what, count]) => [count, what]))}`,
  );
  return [title, ...all].join("\n\n");
}

async function walks(): Promise<Part<Results["walks"]>> {
  const { changes, walked } = await walking({ seed, rows: 400, walks: 16 });
  const headings = ["list", "way", "walks", "broken off", "rows there throughout", "skipped", "repeated"];
  const rows = walked.map((each) => Object.values(each));
  return {
    text: `Lists that are walked while ${changes} packages are created, activated and terminated\n${aligned([headings, ...rows])}`,
    // A list that no walk came to the end of proves nothing.
    wrong: sum(walked.map(({ walks, skipped, repeated }) => skipped + repeated + Number(walks === 0))),
    found: { changes, walked },
  };
}

async function kills(): Promise<Part<Results["kills"]>> {
  const { kills, acknowledged, lost } = await killing(20, 50);
  return {
    text: `${kills} times kill -9: ${acknowledged} purchases were acknowledged, ${lost.length} of them lost`,
    wrong: lost.length,
    found: { kills, acknowledged, lost: lost.length },
  };
}

async function secrets(): Promise<Part<Results["secrets"]>> {
  const found = await sweepSecrets();
  const sweeps = Object.entries(found);
  const lines = sweeps.flatMap(([who, { paths, leaks }]) => [
    `${paths} error paths of the ${who} with marked keys: ${leaks.length} let one out`,
    ...leaks.map(({ path, where }) => `  ${path}: ${where}`),
  ]);
  return { text: lines.join("\n"), wrong: sum(sweeps.map(([, { leaks }]) => leaks.length)), found };
}
