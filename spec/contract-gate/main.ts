/**
 * Fails when spec/openapi.yaml, or a file that it refers to, has changed since the last release by more than the next version allows: what breaks a
 * caller needs a major changeset, what a caller can use or notice at least a minor one.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Change, changes, hasGo } from "./oasdiff.ts";
import { allows, CONTRACT, checkOut, declaredBump, greatest, lastRelease } from "./release.ts";

const MAX_SHOWN = 12;
const folder = process.cwd();

try {
  console.log(await verdict());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function verdict(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(folder, "spec/package.json"), "utf8"));
  const released = lastRelease(folder, version);
  if (!released) return "The contract has never been released, so nothing can break.";
  if (!hasGo())
    throw new Error(
      "comparing the contract with oasdiff needs Go 1.25 or later; install it from https://go.dev/dl",
    );

  const found = changesSince(released.tag);
  const needed = greatest(found.map(({ bump }) => bump));
  const declared = await declaredBump(folder, released.version, version);
  const summary = `Since ${released.version}, the contract has ${found.length} changes that callers can notice. Needed: ${needed}. Declared: ${declared}.`;
  if (allows(declared, needed)) return summary;
  throw new Error(
    [
      summary,
      "",
      ...list("Breaks callers", found, "major"),
      ...list("Adds", found, "minor"),
      `Either undo these changes, or run \`pnpm changeset\` and choose ${CONTRACT} with a ${needed} bump.`,
      `If you think that oasdiff is wrong, override its level in spec/contract-gate/severity-levels.txt.`,
    ].join("\n"),
  );
}

function changesSince(tag: string): Change[] {
  const scratch = mkdtempSync(join(tmpdir(), "esim-contract-"));
  try {
    return changes(checkOut(folder, tag, scratch), join(folder, "spec/openapi.yaml"));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** At most a screenful: oasdiff repeats a schema's change for every operation that uses it. */
function list(title: string, found: readonly Change[], bump: Change["bump"]): string[] {
  const texts = found.filter((each) => each.bump === bump).map(({ text }) => `  - ${text}`);
  if (texts.length === 0) return [];
  const rest = texts.length - MAX_SHOWN;
  return [`${title}:`, ...texts.slice(0, MAX_SHOWN), ...(rest > 0 ? [`  … and ${rest} more`] : []), ""];
}
