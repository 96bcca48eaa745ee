/** Everything that was not as it should be. The check goes on, so that one run finds everything. */
export const problems: string[] = [];

/** Prints what was looked at, and keeps it if it is wrong. */
export function report(ok: boolean, what: string): void {
  console.log(`${ok ? "✓" : "✗"} ${what}`);
  if (!ok) problems.push(what);
}
