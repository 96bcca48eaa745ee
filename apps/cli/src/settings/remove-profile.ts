import { readProfiles, writeProfiles } from "./stored-profiles.ts";

/**
 * Removes the keys of a profile, and gives the file that they were in; `undefined` where there was no such profile. If it was the one in
 * use, none is, since another account must be somebody's choice.
 * @throws CliError for a file that cannot be read or written
 */
export function removeProfile(name: string): string | undefined {
  const { current, profiles } = readProfiles();
  const left = new Map(profiles);
  if (!left.delete(name)) return undefined;
  return writeProfiles({ current: current === name ? undefined : current, profiles: left });
}
