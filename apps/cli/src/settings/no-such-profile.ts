import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import { loginCommand } from "./login-command.ts";

/** The error for a profile that is not stored, which names those that are. */
export function noSuchProfile(name: string, profiles: ReadonlyMap<string, unknown>): CliError {
  const stored = [...profiles.keys()].join(", ");
  return new CliError(
    `there is no profile ${name}; ${stored ? `stored: ${stored}` : "nothing is stored"}`,
    `run \`${loginCommand(name)}\`, or choose another`,
    ExitCode.credentials,
  );
}
