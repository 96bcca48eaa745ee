import { CliError } from "../../cli-error.ts";
import { ExitCode } from "../../exit-codes.ts";

/** What was looked at, what was found, and how to fix it. */
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

/** A check that failed with an error. @param fix what to do if the error does not say */
export function failedCheck(name: string, error: unknown, fix: string, exitCode: number): Check {
  const { message } = Object(error) as Error;
  if (error instanceof CliError)
    return { name, ok: false, found: message, fix: error.hint, exitCode: error.exitCode };
  return { name, ok: false, found: message, fix, exitCode };
}

/** A check that could not be made because another one failed. */
export function notChecked(name: string, found: string, fix: string): Check {
  return { name, ok: false, found, fix, exitCode: ExitCode.unexpected };
}
