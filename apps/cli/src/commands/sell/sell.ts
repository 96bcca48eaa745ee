import { ConflictError, createPackageOnce } from "@betatelltd/esim-sdk";
import { iccid, wholeNumber } from "../../arguments.ts";
import { CliError } from "../../cli-error.ts";
import { command, type OptionsOf } from "../../command.ts";
import { checkConfirmable, confirm } from "../../confirm.ts";
import { type Connected, connect } from "../../connect.ts";
import { printDryRun } from "../../dry-run.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain } from "../../format/text.ts";
import { type Hints, withHints } from "../../hints.ts";
import { entityLabel } from "../../listing/cells.ts";
import type { Row } from "../../listing/row.ts";
import { coloured, json, log, write } from "../../output.ts";
import { Progress } from "../../progress.ts";
import { codeText } from "../../qr-text.ts";
import { reportWritten } from "../../report-written.ts";
import { packageOf } from "../packages/answered-package.ts";
import { listCommand, simHints } from "../packages/hints.ts";
import { packageText } from "../packages/print-package.ts";
import { reporting } from "../packages/reporting.ts";
import { fetchSim } from "../sims/fetch-sim.ts";
import { examine, type FreeSim, freeSims, isIn, type PassedOver } from "./free-sims.ts";
import { inventoryOf, templateToSell } from "./template-to-sell.ts";

const define = () =>
  command("sell", {
    description: "pick a free SIM, create a package for it, and show the QR code for the traveller",
    examples: [
      "esim sell --template 21145354",
      "esim sell --template 21145354 --inventory 51952 --dry-run",
      "esim sell --template 21145354 --sim 8910300000045681955 --yes --json",
    ],
  })
    .requiredOption("--template <id>", "the package template", wholeNumber)
    .option("--inventory <id>", "take a SIM of this inventory; by default the template's", wholeNumber)
    .option("--sim <iccid>", "take this SIM", iccid)
    .option("--yes", "do not ask")
    .option("--dry-run", "print what would be sold and the request, and buy nothing");

type Options = OptionsOf<typeof define>;

/** `esim sell`. */
export const sell = () => define().action((_, self) => run(self.optsWithGlobals()));

/** As many SIMs in a row may be taken by others before it gives up: a service that refuses each means something else. */
const MOST_CONFLICTS = 10;

async function run(options: Options): Promise<void> {
  const { template: id, sim: only, dryRun } = options;
  if (!options.yes && !dryRun) checkConfirmable();
  const connected = await connect(options);
  const template = await templateToSell(connected, id);
  const inventory = options.inventory ?? (only ? undefined : await inventoryOf(connected, template));
  const passed: PassedOver = { sims: 0, inUse: 0, taken: 0, withoutProfile: 0 };
  const progress = new Progress(options);
  progress.show("looking for a free SIM …");
  let isConfirmed = options.yes === true;
  let conflict: ConflictError | undefined;
  let conflicts = 0;
  try {
    const candidates = only
      ? thisSim(connected, only, options.inventory)
      : freeSims(connected, inventory, passed);
    // Nothing reserves a SIM: the faster of two gets it, and the service refuses the other (409).
    for await (const free of candidates) {
      progress.clear();
      if (dryRun) return await printPlan(free, template, options);
      if (!isConfirmed)
        await confirm(`Sell ${entityLabel(template)} on SIM ${free.sim}? This buys a package.`);
      isConfirmed = true;
      const sold = await buy(connected, free, options).catch(ifTaken);
      if (!("conflict" in sold)) return await report(sold, free, template, options);
      ({ conflict } = sold);
      if (only || ++conflicts >= MOST_CONFLICTS) throw conflict;
      log(options, `SIM ${free.sim} has been taken meanwhile; looking for another …`);
    }
  } finally {
    progress.clear();
  }
  throw noneFree(inventory, passed, conflicts);
}

/** @throws CliError where it is not free, or in another inventory than was named */
async function* thisSim(
  connected: Connected,
  sim: string,
  inventory: number | undefined,
): AsyncGenerator<FreeSim> {
  const row = await fetchSim(connected, sim);
  if (inventory !== undefined && !isIn(row, inventory))
    throw new CliError(
      `SIM ${sim} is in inventory ${entityLabel(row.inventory)}, and not in ${inventory}`,
      "leave out --inventory, or --sim",
      ExitCode.usage,
    );
  const look = await examine(connected, row, sim);
  if ("sim" in look) yield look;
  else
    throw new CliError(
      `SIM ${sim} is not free: ${look.why}`,
      `see it with \`esim check ${sim}\`, or leave out --sim to take another`,
      look.isTaken ? ExitCode.conflict : ExitCode.usage,
    );
}

async function buy({ api, call }: Connected, { sim }: FreeSim, options: Options) {
  const request = { sim, package_template: options.template };
  const hints: Hints = {
    ...simHints(sim, "created"),
    byStatus: {
      ...simHints(sim).byStatus,
      400: "the template may be for another inventory: name it with --inventory, and see `esim templates list --inventory ID`",
    },
  };
  return withHints(hints, createPackageOnce(api, request, { ...call, ...reporting(options) }));
}

/** A refusal that proves that nothing was bought. One that came after a lost answer proves nothing. */
function ifTaken(error: unknown): { readonly conflict: ConflictError } {
  if (ConflictError.isInstance(error) && !error.outcomeUnknown) return { conflict: error };
  throw error;
}

async function printPlan({ sim }: FreeSim, template: Row, options: Options): Promise<void> {
  log(options, `would sell ${entityLabel(template)} on SIM ${sim}, which is free now`);
  const body = { sim, package_template: options.template };
  await printDryRun({ method: "POST", path: "/packages", body }, options);
}

async function report(
  { data, found }: Awaited<ReturnType<typeof buy>>,
  { sim, activationCode }: FreeSim,
  template: Row,
  options: Options,
): Promise<void> {
  const row = packageOf(data, { sim, lookUp: listCommand(sim) });
  if (found)
    log(
      options,
      `sold: the answer was lost, and the package was found by looking; if others sell at the same time, it may be theirs: esim check ${sim}`,
    );
  await reportWritten(`sold package ${plain(row.id)} on SIM ${sim}`, `esim check ${sim}`, async () => {
    const { text, note } = await textOf({ data, found }, sim, activationCode, options);
    await write(text);
    if (note) log(options, note);
  });
  if (template.activation_type === "MANUAL" && !options.json)
    log(options, `it does not activate itself: esim packages activate ${sim}`);
}

async function textOf(
  { data, found }: { readonly data: unknown; readonly found: boolean },
  sim: string,
  activationCode: string,
  options: Options,
): Promise<{ readonly text: string; readonly note?: string }> {
  if (options.json)
    return { text: `${json({ sim, activation_code: activationCode, found, package: data })}\n` };
  const sold = packageText(data, options);
  if (options.quiet) return { text: sold };
  const { text, ...rest } = await codeText(activationCode, coloured(options));
  return { text: `${sold}\n${text}`, ...rest };
}

function noneFree(inventory: number | undefined, passed: PassedOver, conflicts: number): CliError {
  const { sims, inUse, taken, withoutProfile } = passed;
  const where = inventory === undefined ? "" : ` in inventory ${inventory}`;
  const why = [
    inUse > 0 && `${inUse} not PRE_SERVICE`,
    taken > 0 && `${taken} with a package`,
    withoutProfile > 0 && `${withoutProfile} without a profile that is RELEASED`,
    conflicts > 0 && `${conflicts} taken meanwhile`,
  ].filter(Boolean);
  const of = sims > 0 ? `: of ${sims}, ${why.join(", ")}` : ": there is no SIM";
  return new CliError(
    `no SIM is free${where}${of}`,
    inventory === undefined
      ? "see what there is with `esim sims list`"
      : `see what there is with \`esim sims list --inventory ${inventory}\`, or name another with --inventory`,
    ExitCode.notFound,
  );
}
