import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const oasdiff = "github.com/oasdiff/oasdiff@v1.36.0";
/**
 * Where this contract differs from oasdiff's defaults: a field that goes missing from an answer breaks typed callers, even an optional
 * one; a new enum value in an answer does not, because every client here hands over what it does not know.
 */
const severityLevels = fileURLToPath(new URL("severity-levels.txt", import.meta.url));

/** What a change of the contract asks of the next version, by semantic versioning. */
export type Bump = "none" | "patch" | "minor" | "major";

/** One change that a caller of the API can notice. */
export interface Change {
  readonly bump: "minor" | "major";
  /** Such as `GET /packages added the optional property …`. */
  readonly text: string;
}

/** Whether Go is here, which oasdiff is fetched and run with. */
export const hasGo = () => spawnSync("go", ["version"]).status === 0;

/**
 * Compares two OpenAPI documents. Words, such as descriptions and examples, are no change.
 *
 * @param base path of the older one
 * @param revision path of the newer one
 * @throws Error if one of them is no OpenAPI document
 */
export function changes(base: string, revision: string): Change[] {
  const args = [
    "run",
    oasdiff,
    "changelog",
    base,
    revision,
    "--format=json",
    "--severity-levels",
    severityLevels,
  ];
  const output = execFileSync("go", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const found: { id: string; text: string; level: 1 | 2 | 3; operation?: string; path?: string }[] =
    JSON.parse(output || "[]");
  return (
    found
      // The version is in package.json; `info.version` is not ours to move.
      .filter(({ id }) => id !== "api-version-not-bumped")
      .map(({ level, operation, path, text }) => ({
        bump: level > 1 ? "major" : "minor",
        text: [operation, path, text].filter(Boolean).join(" "),
      }))
  );
}
