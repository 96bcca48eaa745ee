import { profileName } from "../arguments.ts";
import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";

/** The profile that ESIM_PROFILE names, if it names one. @throws CliError for what `--profile` would not take either */
export function profileOfEnvironment(): string | undefined {
  const name = process.env.ESIM_PROFILE;
  if (!name) return undefined;
  try {
    return profileName(name);
  } catch (error) {
    throw new CliError(
      `ESIM_PROFILE names no profile: ${JSON.stringify(name)}. ${(error as Error).message}`,
      "correct ESIM_PROFILE, or unset it",
      ExitCode.usage,
    );
  }
}
