import { readProfiles } from "../../settings/stored-profiles.ts";
import type { Candidate } from "./complete.ts";
import { templates } from "./templates.ts";

/** Values that are known at the moment of completion alone, by the name of the option or argument. None are no error. */
export const DYNAMIC_VALUES: Readonly<Record<string, () => Promise<readonly Candidate[]>>> = {
  profile: quietly(profiles),
  name: quietly(profiles),
  template: quietly(templates),
};

async function profiles(): Promise<Candidate[]> {
  return [...readProfiles().profiles.keys()].map((word) => ({ word }));
}

/** Who presses Tab wants words, and no error in the middle of what is being typed. */
function quietly(find: () => Promise<readonly Candidate[]>): () => Promise<readonly Candidate[]> {
  return () => find().catch(() => []);
}
