import { plain } from "../format/text.ts";
import { keysOfEnvironment } from "./keys-of-environment.ts";
import type { StoredProfiles } from "./stored-profiles.ts";

/** The keys that commands use without --profile. */
export interface InUse {
  /** `undefined` if the environment has both keys, or no profile is selected. */
  readonly profile: string | undefined;
  /** The environment variables that override stored profiles, as they are printed. */
  readonly variables: readonly string[];
}

/** Determines which keys commands use without --profile. Does not check whether the profile in ESIM_PROFILE exists. */
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

/** Why commands do not use a profile's keys without --profile, and how to change that; `undefined` if they do. */
export function whyNotInUse(name: string, stored: StoredProfiles): string | undefined {
  const { profile, variables } = inUse(stored);
  const overriding = variables.filter((each) => profile !== name || !each.startsWith("ESIM_PROFILE="));
  if (overriding.length > 0) {
    const [take, them] = overriding.length > 1 ? ["take", "them"] : ["takes", "it"];
    return `${overriding.join(" and ")} in the environment ${take} precedence; unset ${them}, or pass --profile ${plain(name)}`;
  }
  if (profile === name) return undefined;
  return profile === undefined
    ? `no profile is selected; to select it, run: esim profiles use ${plain(name)}`
    : `profile ${plain(profile)} is selected; to switch, run: esim profiles use ${plain(name)}`;
}
