import type { ConnectionFlags } from "../../settings/connection.ts";
import { readProfiles } from "../../settings/stored-profiles.ts";
import { cached } from "./cached.ts";
import type { Candidate } from "./candidate.ts";
import { inventories, templates } from "./fetch-values.ts";

/** Finds values for the command line that is being completed. */
type Find = (flags: ConnectionFlags) => Promise<readonly Candidate[]>;

/** Values that are looked up on completion, by the name of the option or argument. */
export const DYNAMIC_VALUES: Readonly<Record<string, Find>> = {
  profile: withoutErrors(profiles),
  template: withoutErrors((flags) => cached("templates", templates, flags)),
  inventory: withoutErrors((flags) => cached("inventories", inventories, flags)),
};

async function profiles(): Promise<Candidate[]> {
  return [...readProfiles().profiles.keys()].map((word) => ({ word }));
}

/** Offers nothing on failure: an error message would end up in the middle of the command line. */
function withoutErrors(find: Find): Find {
  return (flags) => find(flags).catch(() => []);
}
