import { execFileSync } from "node:child_process";
import { readChangesets } from "@changesets/read";
import { diff } from "semver";
import type { Bump } from "./oasdiff.ts";

/** The package whose version is the contract's. */
export const contract = "@betatelltd/esim-openapi";
const order: readonly Bump[] = ["none", "patch", "minor", "major"];

/** The greater of them, by what it allows to change. */
export const greatest = (bumps: readonly Bump[]): Bump =>
  order[Math.max(0, ...bumps.map((bump) => order.indexOf(bump)))] ?? "none";

/** Whether a version that is moved by `declared` may hold what needs `needed`. */
export const allows = (declared: Bump, needed: Bump): boolean =>
  order.indexOf(declared) >= order.indexOf(needed);

/**
 * The contract as it was last released from this branch.
 *
 * @returns `undefined` if it never was
 * @throws Error if a clone without history cannot tell
 */
export function lastRelease(
  folder: string,
  version: string,
): { version: string; document: string } | undefined {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
  const [tag] = git("tag", "--list", `${contract}@*`, "--merged", "HEAD", "--sort=-version:refname").split(
    "\n",
  );
  if (tag)
    return { version: tag.slice(contract.length + 1), document: git("show", `${tag}:spec/openapi.yaml`) };
  if (version !== "0.0.0" && git("rev-parse", "--is-shallow-repository") === "true")
    throw new Error(
      "This clone has no history, so the last release cannot be told. Run: git fetch --unshallow --tags",
    );
  return undefined;
}

/** What the changesets, or a version that has moved already, say about the next one. */
export async function declaredBump(folder: string, released: string, version: string): Promise<Bump> {
  const changesets = await readChangesets(folder);
  const named = changesets.flatMap(({ releases }) => releases.filter(({ name }) => name === contract));
  const moved = (diff(released, version) ?? "none").replace(/^pre/, "") as Bump;
  return greatest([moved, ...named.map(({ type }) => type)]);
}
