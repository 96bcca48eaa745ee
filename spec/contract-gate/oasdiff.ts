import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const OASDIFF = "github.com/oasdiff/oasdiff@v1.36.0";
/**
 * Our exceptions from oasdiff's defaults: removing a field from a response breaks typed callers, even an optional one; a new enum value
 * in a response does not, because every client here passes on values it does not know.
 */
const severityLevels = fileURLToPath(new URL("severity-levels.txt", import.meta.url));

/** The version bump that a change of the contract needs, by semantic versioning. */
export type Bump = "none" | "patch" | "minor" | "major";

/** One change that callers of the API can notice. */
export interface Change {
  readonly bump: "minor" | "major";
  /** Such as `GET /packages added the optional property …`. */
  readonly text: string;
}

/** Whether Go is installed, which fetches and runs oasdiff. */
export const hasGo = () => spawnSync("go", ["version"]).status === 0;

/**
 * Compares two OpenAPI documents. Changed descriptions and examples do not count.
 *
 * @param base path of the older one
 * @param revision path of the newer one
 * @throws Error if one of them is not an OpenAPI document
 */
export function changes(base: string, revision: string): Change[] {
  const args = [
    "run",
    OASDIFF,
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
      // The version is in package.json; `info.version` is the vendor's.
      .filter(({ id }) => id !== "api-version-not-bumped")
      .map(({ level, operation, path, text }) => ({
        bump: level > 1 ? "major" : "minor",
        text: [operation, path, text].filter(Boolean).join(" "),
      }))
  );
}
