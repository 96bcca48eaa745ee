import { asIccid, packageOrIccid } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { checkConfirmable, confirm } from "../../confirm.ts";
import { connect } from "../../connect.ts";
import { printDryRun } from "../../dry-run.ts";
import { plain } from "../../format/text.ts";
import { withHints } from "../../hints.ts";
import { asRow } from "../../listing/row.ts";
import { templateLabel } from "./columns.ts";
import { canTerminate, findPackage, refuseState } from "./find-package.ts";
import { packageHints } from "./hints.ts";
import { reportDone } from "./report-done.ts";

const define = () =>
  command("terminate", {
    description: "terminate a package; this cannot be undone",
    examples: [
      "esim packages terminate pkg_123456",
      "esim packages terminate 8910300000045681955",
      "esim packages terminate pkg_123456 --yes",
    ],
  })
    .argument("<id>", "the package's ID, or the SIM's ICCID", packageOrIccid)
    .option("--yes", "do not ask for confirmation")
    .option("--dry-run", "print the request, and change nothing");

/** `esim packages terminate`. Asks for confirmation, because it cannot be undone. */
export const terminate = () => define().action((id, _, self) => run(id, self.optsWithGlobals()));

const PURPOSE = {
  wanted: "package that can be terminated",
  isEligible: canTerminate,
  command: "esim packages terminate",
};

async function run(given: string, options: OptionsOf<typeof define>): Promise<void> {
  // Given an ID, a dry run needs no lookup, and so no keys.
  if (options.dryRun && !asIccid(given)) return printDryRun(termination(given), options);
  if (!options.yes && !options.dryRun) checkConfirmable();
  const connected = await connect(options);
  const { api, call } = connected;
  const id = await findPackage(given, connected, PURPOSE);
  if (options.dryRun) return printDryRun(termination(id), options);
  if (!options.yes) {
    const { data } = await withHints(packageHints(id), api.getPackage(id, call));
    const row = asRow(data);
    if (row.status === "NOT_ACTIVE" || row.status === "TERMINATED")
      refuseState(row, "terminated", "ACTIVE or SUSPENDED");
    await confirm(
      `Terminate ${plain(row.id)} of SIM ${plain(row.sim)}, which is ${plain(row.status)} (${templateLabel(row)})? This cannot be undone.`,
    );
  }
  const { status } = await withHints(packageHints(id, "terminated"), api.terminatePackage(id, call));
  await reportDone(id, status, "terminated", options);
}

function termination(id: string) {
  return { method: "POST", path: `/packages/${encodeURIComponent(id)}/terminate` };
}
