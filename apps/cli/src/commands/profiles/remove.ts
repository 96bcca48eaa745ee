import { command, type OptionsOf } from "../../command.ts";
import { plain } from "../../format/text.ts";
import { json, log, print } from "../../output.ts";
import { noSuchProfile } from "../../settings/no-such-profile.ts";
import { removeProfile } from "../../settings/remove-profile.ts";
import { readProfiles } from "../../settings/stored-profiles.ts";

const define = () =>
  command("remove", {
    description: "remove the stored keys of an account",
    examples: ["esim profiles remove acme"],
    // Any name is accepted: a stored one can be removed even if it is no longer valid.
  }).argument("<profile>", "the name of the profile");

/** `esim profiles remove`. */
export const remove = () => define().action((name, _, self) => run(name, self.optsWithGlobals()));

async function run(name: string, options: OptionsOf<typeof define>): Promise<void> {
  const file = removeProfile(name);
  if (!file) throw noSuchProfile(name, readProfiles().profiles);
  if (options.json) await print(json({ profile: name, file }));
  else log(options, `removed profile ${plain(name)}`);
}
