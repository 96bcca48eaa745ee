import { packageId } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { confirm } from "../../confirm.ts";
import { connect } from "../../connect.ts";
import { dryRun } from "../../dry-run.ts";
import { plain } from "../../format/values.ts";
import { withHints } from "../../hints.ts";
import { acknowledge } from "./acknowledge.ts";
import { hintsFor } from "./hints.ts";

const define = () =>
  command("terminate", {
    description: "end a package for good",
    examples: ["esim packages terminate pkg_123456", "esim packages terminate pkg_123456 --yes"],
  })
    .argument("<id>", "the package's ID", packageId)
    .option("--yes", "do not ask")
    .option("--dry-run", "print the request, and send nothing");

/** `esim packages terminate`: for good, so it asks. */
export const terminate = () => define().action((id, _, self) => run(id, self.optsWithGlobals()));

async function run(id: string, options: OptionsOf<typeof define>): Promise<void> {
  if (options.dryRun) return dryRun(`/packages/${encodeURIComponent(id)}/terminate`, undefined, options);
  const { api, call } = await connect(options);
  const hints = hintsFor({ id });
  if (!options.yes) {
    await confirm(async () => {
      const { data } = await withHints(hints, api.getPackage(id, call));
      return `Terminate ${plain(data.id)} of SIM ${plain(data.sim)}, which is ${plain(data.status)}? This cannot be undone.`;
    });
  }
  const { status } = await withHints(hints, api.terminatePackage(id, call));
  await acknowledge(id, status, "terminated", options);
}
