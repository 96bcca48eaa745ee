/** What was looked at, what was found, and how to mend it. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly fix?: string;
  /** What to end with when it failed. */
  readonly exitCode?: number;
  /** What the contract check found, for programs. */
  readonly drift?: readonly object[];
}
