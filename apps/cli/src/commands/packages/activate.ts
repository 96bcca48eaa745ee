import { packageId } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { dryRun } from "../../dry-run.ts";
import { withHints } from "../../hints.ts";
import { acknowledge } from "./acknowledge.ts";
import { hintsFor } from "./hints.ts";

const define = () =>
  command("activate", { description: "activate a package", examples: ["esim packages activate pkg_123456"] })
    .argument("<id>", "the package's ID", packageId)
    .option("--dry-run", "print the request, and send nothing");

/** `esim packages activate`. */
export const activate = () => define().action((id, _, self) => run(id, self.optsWithGlobals()));

async function run(id: string, options: OptionsOf<typeof define>): Promise<void> {
  if (options.dryRun) return dryRun(`/packages/${encodeURIComponent(id)}/activate`, undefined, options);
  const { api, call } = await connect(options);
  const { status } = await withHints(hintsFor({ id }), api.activatePackage(id, call));
  await acknowledge(id, status, "activated", options);
}
