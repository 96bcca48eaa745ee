import { plain } from "../format/text.ts";
import { keysOfEnvironment } from "./keys-of-environment.ts";
import type { StoredProfiles } from "./stored-profiles.ts";

/** What commands without --profile use. */
export interface InUse {
  /** `undefined` where the environment has both keys, or no profile is chosen. */
  readonly profile: string | undefined;
  /** The variables of the environment that come before what is stored, as they are printed. */
  readonly variables: readonly string[];
}

/** What commands without --profile use of what is stored; whether what ESIM_PROFILE names is stored, the caller can see. */
export function inUse({ current, profiles }: StoredProfiles): InUse {
  const variables = keysOfEnvironment(process.env);
  if (variables.length === 2) return { profile: undefined, variables };
  const named = process.env.ESIM_PROFILE || undefined;
  const chosen = current !== undefined && profiles.has(current) ? current : undefined;
  return {
    profile: named ?? chosen,
    variables: named ? [`ESIM_PROFILE=${plain(named)}`, ...variables] : variables,
  };
}

/** Why commands without --profile do not use a profile's keys, and what changes that; `undefined` where they do. */
export function whyNotInUse(name: string, stored: StoredProfiles): string | undefined {
  const { profile, variables } = inUse(stored);
  const before = variables.filter((each) => profile !== name || !each.startsWith("ESIM_PROFILE="));
  if (before.length > 0) {
    const [come, them] = before.length > 1 ? ["come", "them"] : ["comes", "it"];
    return `${before.join(" and ")} in the environment ${come} first; unset ${them}, or pass --profile ${plain(name)}`;
  }
  if (profile === name) return undefined;
  return profile === undefined
    ? `none is chosen; to choose it: esim profiles use ${plain(name)}`
    : `profile ${plain(profile)} is chosen; to change that: esim profiles use ${plain(name)}`;
}
