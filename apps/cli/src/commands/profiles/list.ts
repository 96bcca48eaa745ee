import { shownAddress } from "../../address.ts";
import { command, type OptionsOf } from "../../command.ts";
import { table } from "../../format/table.ts";
import { plain } from "../../format/text.ts";
import { json, log, print } from "../../output.ts";
import { mask, PRODUCTION } from "../../settings/connection.ts";
import { inUse } from "../../settings/in-use.ts";
import { readProfiles } from "../../settings/stored-profiles.ts";
import { isTerminal } from "../../terminal.ts";

const define = () =>
  command("list", {
    description: "list the stored accounts; a star marks the one in use",
    examples: ["esim profiles list", "esim profiles list --json"],
  }).alias("ls");

/** `esim profiles list`. */
export const list = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: OptionsOf<typeof define>): Promise<void> {
  const stored = readProfiles();
  const { profile: used, variables } = inUse(stored);
  const rows = [...stored.profiles].map(([name, { userId = "", apiKey = "", baseUrl = PRODUCTION }]) => ({
    name,
    isCurrent: name === used,
    userId: mask(userId),
    apiKey: mask(apiKey),
    baseUrl: shownAddress(baseUrl, true),
  }));
  if (options.json) await print(json(rows));
  else if (rows.length === 0) log(options, "no accounts are stored; to add one, run: esim login");
  else if (options.quiet) await print(rows.map(({ name }) => plain(name)).join("\n"));
  else {
    const lines = rows.map(({ name, isCurrent, userId, baseUrl }) => [
      isCurrent ? "*" : " ",
      plain(name),
      userId,
      plain(baseUrl),
    ]);
    const isTable = isTerminal();
    await print(
      isTable
        ? table([[" ", "NAME", "USER ID", "SERVER"], ...lines])
        : lines.map((line) => line.join("\t")).join("\n"),
    );
  }
  if (rows.length > 0 && variables.length > 0)
    log(options, `the environment takes precedence: ${variables.join(", ")}`);
}
