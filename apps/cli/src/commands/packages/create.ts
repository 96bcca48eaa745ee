import { iccid, seconds, wholeNumber } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { dryRun } from "../../dry-run.ts";
import { withHints } from "../../hints.ts";
import { hintsFor } from "./hints.ts";
import { printPackage } from "./print-package.ts";

const define = () =>
  command("create", {
    description: "create a package for a SIM",
    examples: [
      "esim packages create --sim 8910300000045681955 --template 21145354",
      "esim packages create --sim 8910300000045681955 --template 21145354 --time-allowance 7d --dry-run",
    ],
  })
    .requiredOption("--sim <iccid>", "the SIM", iccid)
    .requiredOption("--template <id>", "the package template", wholeNumber)
    .option(
      "--time-allowance <duration>",
      "how long it lasts: seconds, or 12h, 7d; by default the template's",
      seconds,
    )
    .option("--dry-run", "print the request, and send nothing");

/** `esim packages create`. */
export const create = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: OptionsOf<typeof define>): Promise<void> {
  const { sim, template, timeAllowance } = options;
  const request = {
    sim,
    package_template: template,
    ...(timeAllowance !== undefined && { time_allowance: timeAllowance }),
  };
  if (options.dryRun) return dryRun("/packages", request, options);
  const { api, call } = await connect(options);
  const { data } = await withHints(hintsFor({ sim }), api.createPackage(request, call));
  await printPackage(data, options);
}
