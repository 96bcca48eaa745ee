import type { ConnectionFlags } from "../../settings/connection.ts";
import { readProfiles } from "../../settings/stored-profiles.ts";
import { inventories, templates } from "./ask.ts";
import { cached } from "./cached.ts";
import type { Candidate } from "./complete.ts";

/** Finds values, with the flags of the command line that is being completed. */
type Find = (flags: ConnectionFlags) => Promise<readonly Candidate[]>;

/** Values that are known at the moment of completion alone, by the name of the option or argument. None are no error. */
export const DYNAMIC_VALUES: Readonly<Record<string, Find>> = {
  profile: quietly(profiles),
  template: quietly((flags) => cached("templates", templates, flags)),
  inventory: quietly((flags) => cached("inventories", inventories, flags)),
};

async function profiles(): Promise<Candidate[]> {
  return [...readProfiles().profiles.keys()].map((word) => ({ word }));
}

/** At a Tab an error would land in the middle of what is being typed. */
function quietly(find: Find): Find {
  return (flags) => find(flags).catch(() => []);
}
