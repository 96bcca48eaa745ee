import { createPackageOnce } from "@betatelltd/esim-sdk";
import { iccid, seconds, wholeNumber } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { printDryRun } from "../../dry-run.ts";
import { plain } from "../../format/text.ts";
import { withHints } from "../../hints.ts";
import { log, write } from "../../output.ts";
import { reportWritten } from "../../report-written.ts";
import { checkPackage } from "./check-package.ts";
import { listCommand, simHints } from "./hints.ts";
import { packageText } from "./package-text.ts";
import { purchaseProgress } from "./purchase-progress.ts";

const define = () =>
  command("create", {
    description: "create a package for a SIM, once: if the answer is lost, check whether it was created",
    examples: [
      "esim packages create --sim 8910300000045681955 --template 21145354",
      "esim packages create --sim 8910300000045681955 --template 21145354 --time-allowance 7d --dry-run",
    ],
  })
    .requiredOption("--sim <iccid>", "the SIM", iccid)
    .requiredOption("--template <id>", "the package template", wholeNumber)
    .option(
      "--time-allowance <duration>",
      "how long it lasts: seconds, or 12h, 7d (default: the template's)",
      seconds,
    )
    .option("--once", "check the SIM's packages before, and again if the answer is lost (default)")
    .option("--no-once", "send one request, and check nothing")
    .option("--dry-run", "print the request, and send nothing");

/** `esim packages create`. */
export const create = () => define().action((_, self) => run(self.optsWithGlobals()));

type Options = OptionsOf<typeof define>;

async function run(options: Options): Promise<void> {
  const { sim, template, timeAllowance } = options;
  const request = {
    sim,
    package_template: template,
    ...(timeAllowance !== undefined && { time_allowance: timeAllowance }),
  };
  if (options.dryRun) return printDryRun({ method: "POST", path: "/packages", body: request }, options);
  const { api, call } = await connect(options);
  const hints = simHints(sim, "created");
  const { data, found } =
    options.once === false
      ? { ...(await withHints(hints, api.createPackage(request, call))), found: false }
      : await withHints(hints, createPackageOnce(api, request, { ...call, ...purchaseProgress(options) }));
  if (found) log(options, "created: the answer was lost, but the package is on the SIM");
  const row = checkPackage(data, { sim, lookUp: listCommand(sim) });
  await reportWritten(`created ${plain(row.id)}`, listCommand(sim), () => write(packageText(data, options)));
}
