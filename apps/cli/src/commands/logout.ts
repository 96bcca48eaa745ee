import { command, type OptionsOf } from "../command.ts";
import { plain } from "../format/text.ts";
import { json, log, print } from "../output.ts";
import { keysOfEnvironment } from "../settings/keys-of-environment.ts";
import { profileOfEnvironment } from "../settings/profile-of-environment.ts";
import { removeProfile } from "../settings/remove-profile.ts";
import { readProfiles } from "../settings/stored-profiles.ts";

const define = () =>
  command("logout", {
    description: "remove the stored keys of the profile in use",
    examples: ["esim logout", "esim logout --profile acme"],
  });

/** `esim logout`. */
export const logout = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: OptionsOf<typeof define>): Promise<void> {
  const profile = options.profile ?? profileOfEnvironment() ?? readProfiles().current;
  const file = profile && removeProfile(profile);
  const kept = keysOfEnvironment(process.env);
  if (options.json) await print(json({ removed: Boolean(file) }));
  else log(options, file ? `removed profile ${plain(profile)} from ${file}` : "nothing was stored");
  if (kept.length > 0) log(options, `still set in the environment: ${kept.join(" and ")}`);
}
