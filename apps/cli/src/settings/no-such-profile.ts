import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import { loginCommand } from "./login-command.ts";

/** The error for an unknown profile. Lists the stored ones. */
export function noSuchProfile(name: string, profiles: ReadonlyMap<string, unknown>): CliError {
  const stored = [...profiles.keys()].join(", ");
  return new CliError(
    `profile ${name} does not exist; ${stored ? `stored profiles: ${stored}` : "no profile is stored"}`,
    `create it with \`${loginCommand(name)}\`${stored ? ", or use a stored one" : ""}`,
    ExitCode.credentials,
  );
}
