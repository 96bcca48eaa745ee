import { CliError } from "../../cli-error.ts";
import { ExitCode } from "../../exit-codes.ts";

/** A check: what was checked, the result, and how to fix it. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly fix?: string;
  /** The exit code if it failed. */
  readonly exitCode?: number;
  /** The differences that the contract check found. */
  readonly drift?: readonly object[];
}

/** A check that failed with an error. @param fix used if the error has no hint */
export function failedCheck(name: string, error: unknown, fix: string, exitCode: number): Check {
  const { message } = Object(error) as Error;
  if (error instanceof CliError)
    return { name, ok: false, found: message, fix: error.hint, exitCode: error.exitCode };
  return { name, ok: false, found: message, fix, exitCode };
}

/** A check that could not be run. */
export function notChecked(name: string, found: string, fix: string): Check {
  return { name, ok: false, found, fix, exitCode: ExitCode.unexpected };
}
