import { Refusal } from "../http/refusal.ts";

/** How long an operation waits for a lock, and holds up all others meanwhile. */
export const BUSY_MILLISECONDS = 100;

/** The same for the start, when there is nobody to hold up yet, and another mock may be starting on the same file. */
export const START_BUSY_MILLISECONDS = 400;

/** SQLite's result codes that have a cause outside of the mock. */
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/** Whether another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code === BUSY || code === LOCKED;
}

const REASONS: Readonly<Record<number, string>> = {
  [BUSY]: "another program has locked it",
  [LOCKED]: "another program has locked it",
  [READ_ONLY]: "it is read-only",
  [CORRUPT]: "it is damaged",
  [NOT_A_DATABASE]: "it is damaged",
  [CANNOT_OPEN]: "its directory has to exist, and to be one that you may write to",
};

/** Why a file cannot be used, in words that need no knowledge of SQLite where we have them. */
export function reasonOf(error: unknown): string {
  return REASONS[codeOf(error) ?? -1] ?? (error instanceof Error ? error.message : String(error));
}

/** What the caller of an operation gets for an error of the database: one with a cause that can pass becomes a refusal. */
export function toRefusal(error: unknown): unknown {
  if (isBusy(error))
    return new Refusal(503, "The state file is locked by another program: try again when it has finished", {
      "retry-after": "1",
    });
  if (codeOf(error) === FULL)
    return new Refusal(
      507,
      "The state cannot be stored, because the disk is full: free some space, and try again",
    );
  return error;
}

function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  // The low byte is the kind; the others say more about it.
  return typeof code === "number" ? code & 0xff : undefined;
}
