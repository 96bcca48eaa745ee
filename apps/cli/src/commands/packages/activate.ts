import { asIccid, packageOrIccid } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { printDryRun } from "../../dry-run.ts";
import { withHints } from "../../hints.ts";
import { findPackage } from "./find-package.ts";
import { packageHints } from "./hints.ts";
import { reportDone } from "./report-done.ts";

const define = () =>
  command("activate", {
    description: "activate a package",
    examples: ["esim packages activate pkg_123456", "esim packages activate 8910300000045681955"],
  })
    .argument("<id>", "the package's ID, or the SIM's ICCID", packageOrIccid)
    .option("--dry-run", "print the request, and send nothing");

/** `esim packages activate`. */
export const activate = () => define().action((id, _, self) => run(id, self.optsWithGlobals()));

const PURPOSE = {
  wanted: "package that can be activated",
  isEligible: (status: unknown) => status === "NOT_ACTIVE",
  command: "esim packages activate",
};

async function run(given: string, options: OptionsOf<typeof define>): Promise<void> {
  // Given an ID, a dry run needs no lookup, and so no keys.
  if (options.dryRun && !asIccid(given)) return printDryRun(activation(given), options);
  const connected = await connect(options);
  const id = await findPackage(given, connected, PURPOSE);
  if (options.dryRun) return printDryRun(activation(id), options);
  const { status } = await withHints(
    packageHints(id, "activated"),
    connected.api.activatePackage(id, connected.call),
  );
  await reportDone(id, status, "activated", options);
}

function activation(id: string) {
  return { method: "POST", path: `/packages/${encodeURIComponent(id)}/activate` };
}
