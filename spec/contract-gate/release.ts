import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readChangesets } from "@changesets/read";
import { diff } from "semver";
import type { Bump } from "./oasdiff.ts";

/** The package whose version is the contract's. */
export const CONTRACT = "@betatelltd/esim-openapi";
const order: readonly Bump[] = ["none", "patch", "minor", "major"];

/** The greatest of them. */
export const greatest = (bumps: readonly Bump[]): Bump =>
  order[Math.max(0, ...bumps.map((bump) => order.indexOf(bump)))] ?? "none";

/** Whether a bump by `declared` covers changes that need `needed`. */
export const allows = (declared: Bump, needed: Bump): boolean =>
  order.indexOf(declared) >= order.indexOf(needed);

/**
 * The contract's last release from this branch.
 *
 * @returns `undefined` if there is none
 * @throws Error if the clone has no history to find it in
 */
export function lastRelease(folder: string, version: string): { version: string; tag: string } | undefined {
  const git = gitIn(folder);
  const [tag] = git("tag", "--list", `${CONTRACT}@*`, "--merged", "HEAD", "--sort=-version:refname").split(
    "\n",
  );
  if (tag) return { version: tag.slice(CONTRACT.length + 1), tag };
  if (version !== "0.0.0" && git("rev-parse", "--is-shallow-repository") === "true")
    throw new Error(
      "cannot find the last release: this clone has no history; run: git fetch --unshallow --tags",
    );
  return undefined;
}

/** Writes the document as it was at a tag, with the files that it refers to, and returns its path. */
export function checkOut(folder: string, tag: string, to: string): string {
  const git = gitIn(folder);
  const files = git("ls-tree", "-r", "--name-only", tag, "--", "spec").split("\n");
  for (const file of files.filter((each) => each.endsWith(".yaml"))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    writeFileSync(join(to, file), git("show", `${tag}:${file}`));
  }
  return join(to, "spec/openapi.yaml");
}

function gitIn(folder: string): (...args: string[]) => string {
  return (...args) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
}

/** The next version's bump, from the changesets or from a version that has already been raised. */
export async function declaredBump(folder: string, released: string, version: string): Promise<Bump> {
  const changesets = await readChangesets(folder);
  const named = changesets.flatMap(({ releases }) => releases.filter(({ name }) => name === CONTRACT));
  const moved = (diff(released, version) ?? "none").replace(/^pre/, "") as Bump;
  return greatest([moved, ...named.map(({ type }) => type)]);
}
