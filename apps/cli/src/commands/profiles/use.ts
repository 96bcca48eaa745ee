import { profileName } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { json, log, print } from "../../output.ts";
import { whyNotInUse } from "../../settings/in-use.ts";
import { noSuchProfile } from "../../settings/no-such-profile.ts";
import { readProfiles, writeProfiles } from "../../settings/stored-profiles.ts";

const define = () =>
  command("use", {
    description: "select the account that commands use",
    examples: ["esim profiles use acme"],
  }).argument("<profile>", "the name of the profile", profileName);

/** `esim profiles use`. */
export const use = () => define().action((name, _, self) => run(name, self.optsWithGlobals()));

async function run(name: string, options: OptionsOf<typeof define>): Promise<void> {
  const { profiles } = readProfiles();
  if (!profiles.has(name)) throw noSuchProfile(name, profiles);
  const stored = { current: name, profiles };
  const file = writeProfiles(stored);
  const why = whyNotInUse(name, stored);
  if (options.json) await print(json({ profile: name, file, isInUse: !why }));
  else log(options, why ? `profile ${name} is selected, but ${why}` : `commands now use profile ${name}`);
}
