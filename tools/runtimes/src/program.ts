import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Check, check } from "./check.ts";
import type { HostileServers } from "./hostile.ts";
import type { Played } from "./judge.ts";
import { KEYS } from "./keys.ts";
import type { Settings } from "./promises.ts";
import { must, type Ran } from "./run.ts";

export type Over = Settings["over"];

/** Puts a program and what it imports into one file. @throws with what esbuild says */
export async function bundle(
  toolchain: string,
  entry: string,
  out: string,
  flags: readonly string[],
): Promise<void> {
  const esbuild = join(toolchain, "node_modules/esbuild/bin/esbuild");
  const common = ["--bundle", "--target=es2022", "--log-level=warning", `--outfile=${out}`];
  await must(esbuild, [entry, ...common, "--format=esm", ...flags]);
}

/** Compiles promises.ts to JavaScript: `promises.mjs` and `promises.cjs` in a project. */
export async function writePromises(toolchain: string, project: string): Promise<void> {
  const source = resolve(import.meta.dirname, "promises.ts");
  await bundle(toolchain, source, join(project, "promises.mjs"), []);
  await bundle(toolchain, source, join(project, "promises.cjs"), ["--format=cjs"]);
}

export function settingsFor(servers: HostileServers, run: string, more: Partial<Settings> = {}): Settings {
  return { run, over: "default", keys: KEYS, addresses: servers.addresses, atOnce: 8, ...more };
}

/** A program that imports the client as an ES module and makes all calls. */
export function importing({ over, ...rest }: Settings): string {
  const isPatched = over === "patched fetch";
  const settings: Settings = { ...rest, over: isPatched ? "default" : over };
  return `${isPatched ? 'import "./patch.mjs";\n' : ""}import * as sdk from "@betatelltd/esim-sdk";
import * as once from "@betatelltd/esim-sdk/once";
import { promises } from "./promises.mjs";
await promises(sdk, once, ${JSON.stringify(settings)});
`;
}

/** A program that requires the client. */
export function requiring(settings: Settings): string {
  return `const sdk = require("@betatelltd/esim-sdk");
const once = require("@betatelltd/esim-sdk/once");
const { promises } = require("./promises.cjs");
promises(sdk, once, ${JSON.stringify(settings)});
`;
}

/** Patches `fetch` before the client is loaded, like tracing that starts with the program. */
export function writePatch(project: string): void {
  writeFileSync(join(project, "patch.mjs"), 'import { patchFetch } from "./promises.mjs";\npatchFetch();\n');
}

/** Combines both sides of a run. */
export function ranOn(servers: HostileServers, run: string, title: string, { ok, output }: Ran): Played {
  const outcomes = ok ? servers.outcomes(run) : undefined;
  return { title, outcomes, output, arrived: (name, layer) => servers.arrived(run, name, layer) };
}

/** Checks which transport the calls of a run on Node used. Node's `fetch` adds its own header, so the server can see that. */
export function transportCheck({ title, outcomes, arrived }: Played, over: Over): Check[] {
  if (!outcomes) return [];
  const counts = outcomes.map(({ name, layer }) => arrived(name, layer));
  const all = counts.reduce((sum, { reads, writes }) => sum + reads + writes, 0);
  const byFetch = counts.reduce((sum, each) => sum + each.byFetch, 0);
  const transport = over === "default" ? "node:http" : "fetch";
  const expected = over === "default" ? 0 : all;
  return [
    check(`${title}: goes over ${transport}`, byFetch !== expected && `${byFetch} of ${all} went over fetch`),
  ];
}
