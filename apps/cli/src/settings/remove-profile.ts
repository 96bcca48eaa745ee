import { readProfiles, writeProfiles } from "./stored-profiles.ts";

/**
 * Removes a profile and returns the file that it was in; `undefined` if there is no such profile. If it was the one in use, no other
 * takes its place: switching accounts must be the user's choice.
 * @throws CliError if the file cannot be read or written
 */
export function removeProfile(name: string): string | undefined {
  const { current, profiles } = readProfiles();
  const left = new Map(profiles);
  if (!left.delete(name)) return undefined;
  return writeProfiles({ current: current === name ? undefined : current, profiles: left });
}
