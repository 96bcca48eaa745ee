import { shellWord } from "../format/text.ts";

/** The command that stores keys in a profile, by default in the default one. */
export function loginCommand(profile: string | undefined): string {
  return profile === undefined ? "esim login" : `esim login --profile ${shellWord(profile) ?? "NAME"}`;
}
