import { Refusal } from "../http/refusal.ts";

/** SQLite's result codes that have a cause outside of the mock. */
const BUSY = 5;
const LOCKED = 6;
const FULL = 13;

/** Whether another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code === BUSY || code === LOCKED;
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
