import { Refusal } from "../http/refusal.ts";

/** How long an operation waits for a lock, blocking all others meanwhile. */
export const BUSY_MILLISECONDS = 100;

/** The same at the start, when there is nothing to block yet and another mock may be starting on the same file. */
export const START_BUSY_MILLISECONDS = 400;

/** SQLite's result codes for causes outside the mock. */
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
  [CANNOT_OPEN]: "its directory must exist and be writable",
};

/** Why a file cannot be used, where possible without SQLite's terms. */
export function reasonOf(error: unknown): string {
  return REASONS[codeOf(error) ?? -1] ?? (error instanceof Error ? error.message : String(error));
}

/** Turns a database error with a cause outside the mock into a refusal. */
export function toRefusal(error: unknown): unknown {
  if (isBusy(error))
    return new Refusal(503, "The state file is locked by another program: try again when it has finished", {
      "retry-after": "1",
    });
  if (codeOf(error) === FULL)
    return new Refusal(
      507,
      "The state cannot be stored because the disk is full: free some space and try again",
    );
  return error;
}

function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  // The low byte is the primary result code; the others give details.
  return typeof code === "number" ? code & 0xff : undefined;
}
