import { caption, markdownTable, type RunDetails } from "@betatelltd/esim-testing/report";
import type { OddReport } from "./odd-services.ts";
import type { Sweep } from "./secrecy/marks.ts";
import type { Walked } from "./walk.ts";

/** Counts of how writes ended, and of what must not happen. */
export interface Balance {
  readonly outcomes: Readonly<Record<string, number>>;
  /** All of them have to be 0. */
  readonly wrong: Readonly<Record<string, number>>;
}

/** What the operations of one run through the network came to. */
export interface Operations {
  readonly operations: number;
  /** That were passed on. */
  readonly requests: number;
  /** How often each fault struck. */
  readonly struck: Readonly<Record<string, number>>;
  readonly balance: Balance;
}

/** What a whole run found, as results.json has it. */
export interface Results extends RunDetails {
  readonly seed: number;
  readonly createPackage: Operations;
  readonly createPackageOnce: Operations;
  readonly oddServices: OddReport & { readonly services: number };
  readonly walks: { readonly changes: number; readonly walked: readonly Walked[] };
  readonly kills: { readonly kills: number; readonly acknowledged: number; readonly lost: number };
  readonly secrets: Readonly<Record<string, Sweep>>;
}

type Counts = Readonly<Record<string, number>>;

/** What the README shows of a run. */
export function sections(results: Results): Record<string, string> {
  return { "torture:results": [...parts(results), caption(results)].join("\n\n") };
}

function parts({ createPackage, createPackageOnce, oddServices, walks, kills, secrets }: Results): string[] {
  const both = [createPackage, createPackageOnce];
  const across = (heading: string, of: (each: Operations) => Counts) =>
    table([heading, "createPackage", "createPackageOnce"], both.map(of));
  const { services, callers, requests, outcomes, wrong } = oddServices;
  return [
    "### Operations through the proxy",
    across("", ({ operations, requests }) => ({ operations, "requests passed on": requests })),
    across("how it ended for the callers", ({ balance }) => balance.outcomes),
    across("**must be 0**", ({ balance }) => balance.wrong),
    across("faults", ({ struck }) => struck),
    "### Odd services",
    table(["", "`createPackageOnce`"], [{ services, callers, requests }]),
    table(["how it ended for the callers", "calls"], [outcomes]),
    table(["**must be 0**: promises broken", "services"], [wrong]),
    "### Lists that change",
    `${walks.changes.toLocaleString("en")} packages were created, activated and terminated meanwhile.`,
    markdownTable([
      ["list", "walks", "broken off", "rows there throughout", "skipped", "repeated"],
      ...walks.walked.map(({ list, way, walks, broken, throughout, skipped, repeated }) => [
        `${list}, ${way}`,
        walks,
        broken,
        throughout,
        skipped,
        repeated,
      ]),
    ]),
    "### `kill -9`",
    table(
      ["", "mock"],
      [{ kills: kills.kills, "purchases acknowledged": kills.acknowledged, "**lost**": kills.lost }],
    ),
    "### Keys",
    markdownTable([
      ["", "error paths", "**leaks**"],
      ...Object.entries(secrets).map(([who, { paths, leaks }]) => [who, paths, leaks.length]),
    ]),
  ];
}

/** A line for each name that any of the counts has, in the order of the first that has it. */
function table(header: readonly string[], counts: readonly Counts[]): string {
  const names = new Set(counts.flatMap((each) => Object.keys(each)));
  return markdownTable([
    header,
    ...[...names].map((name) => [name, ...counts.map((each) => each[name] ?? "")]),
  ]);
}
