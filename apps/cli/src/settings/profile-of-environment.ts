import { profileName } from "../arguments.ts";
import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";

/** The profile in ESIM_PROFILE, if set. @throws CliError for a name that `--profile` would reject too */
export function profileOfEnvironment(): string | undefined {
  const name = process.env.ESIM_PROFILE;
  if (!name) return undefined;
  try {
    return profileName(name);
  } catch (error) {
    throw new CliError(
      `ESIM_PROFILE is not a profile name: ${JSON.stringify(name)}. ${(error as Error).message}`,
      "correct ESIM_PROFILE, or unset it",
      ExitCode.usage,
    );
  }
}
