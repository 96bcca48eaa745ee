import { command, type OptionsOf } from "../command.ts";
import { credentialsFile, removeCredentials } from "../credentials.ts";
import { json, print, tell } from "../output.ts";

const define = () => command("logout", { description: "remove the stored keys", examples: ["esim logout"] });

/** `esim logout`. */
export const logout = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: OptionsOf<typeof define>): Promise<void> {
  const removed = removeCredentials();
  if (options.json) await print(json({ removed }));
  else tell(options, removed ? `removed ${credentialsFile()}` : "nothing was stored");
}
