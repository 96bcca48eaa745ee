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
import { checkPackage } from "../packages/check-package.ts";
import { listCommand, simHints } from "../packages/hints.ts";
import { packageText } from "../packages/package-text.ts";
import { purchaseProgress } from "../packages/purchase-progress.ts";
import { fetchSim } from "../sims/fetch-sim.ts";
import { examine, type FreeSim, freeSims, isIn, type Skipped } from "./free-sims.ts";
import { inventoryOf, templateToSell } from "./template-to-sell.ts";

const define = () =>
  command("sell", {
    description: "pick a free SIM, create a package for it, and show the QR code",
    examples: [
      "esim sell --template 21145354",
      "esim sell --template 21145354 --inventory 51952 --dry-run",
      "esim sell --template 21145354 --sim 8910300000045681955 --yes --json",
    ],
  })
    .requiredOption("--template <id>", "the package template", wholeNumber)
    .option("--inventory <id>", "use a SIM from this inventory (default: the template's)", wholeNumber)
    .option("--sim <iccid>", "use this SIM", iccid)
    .option("--yes", "do not ask for confirmation")
    .option("--dry-run", "print the request, and buy nothing");

type Options = OptionsOf<typeof define>;

/** `esim sell`. */
export const sell = () => define().action((_, self) => run(self.optsWithGlobals()));

/** How many SIMs may turn out to be taken. More conflicts than this mean that something else is wrong. */
const MAX_CONFLICTS = 10;

async function run(options: Options): Promise<void> {
  const { template: id, sim: only, dryRun } = options;
  if (!options.yes && !dryRun) checkConfirmable();
  const connected = await connect(options);
  const template = await templateToSell(connected, id);
  const inventory = options.inventory ?? (only ? undefined : await inventoryOf(connected, template));
  const skipped: Skipped = { sims: 0, inUse: 0, taken: 0, withoutProfile: 0 };
  const progress = new Progress(options);
  progress.show("looking for a free SIM …");
  let isConfirmed = options.yes === true;
  let conflict: ConflictError | undefined;
  let conflicts = 0;
  try {
    const candidates = only
      ? thisSim(connected, only, options.inventory)
      : freeSims(connected, inventory, skipped);
    // SIMs cannot be reserved: the first purchase wins, and the service rejects the second (409).
    for await (const free of candidates) {
      progress.clear();
      if (dryRun) return await printPlan(free, template, options);
      if (!isConfirmed)
        await confirm(`Sell ${entityLabel(template)} on SIM ${free.sim}? This buys a package.`);
      isConfirmed = true;
      const sold = await buy(connected, free, options).catch(conflictOf);
      if (!("conflict" in sold)) return await report(sold, free, template, options);
      ({ conflict } = sold);
      if (only || ++conflicts >= MAX_CONFLICTS) throw conflict;
      log(options, `SIM ${free.sim} has just been taken; looking for another …`);
    }
  } finally {
    progress.clear();
  }
  throw noneFree(inventory, skipped, conflicts);
}

/** @throws CliError if it is not free, or not in the given inventory */
async function* thisSim(
  connected: Connected,
  sim: string,
  inventory: number | undefined,
): AsyncGenerator<FreeSim> {
  const row = await fetchSim(connected, sim);
  if (inventory !== undefined && !isIn(row, inventory))
    throw new CliError(
      `SIM ${sim} is in inventory ${entityLabel(row.inventory)}, not in ${inventory}`,
      "leave out --inventory, or --sim",
      ExitCode.usage,
    );
  const look = await examine(connected, row, sim);
  if ("sim" in look) yield look;
  else
    throw new CliError(
      `SIM ${sim} is not free: ${look.why}`,
      `check it with \`esim check ${sim}\`, or leave out --sim to use another`,
      look.isTaken ? ExitCode.conflict : ExitCode.usage,
    );
}

async function buy({ api, call }: Connected, { sim }: FreeSim, options: Options) {
  const request = { sim, package_template: options.template };
  const hints: Hints = {
    ...simHints(sim, "created"),
    byStatus: {
      ...simHints(sim).byStatus,
      400: "the template may belong to another inventory: find it with `esim templates list --inventory ID`, then pass --inventory",
    },
  };
  return withHints(hints, createPackageOnce(api, request, { ...call, ...purchaseProgress(options) }));
}

/** The conflict of a purchase that certainly failed. After a lost answer, a conflict may come from the purchase itself. @throws any other error */
function conflictOf(error: unknown): { readonly conflict: ConflictError } {
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
  const row = checkPackage(data, { sim, lookUp: listCommand(sim) });
  if (found)
    log(
      options,
      `sold: the answer was lost, but the package is on the SIM; if others are selling too, it may be theirs: check with \`esim check ${sim}\``,
    );
  await reportWritten(`sold package ${plain(row.id)} on SIM ${sim}`, `esim check ${sim}`, async () => {
    const { text, note } = await textOf({ data, found }, sim, activationCode, options);
    await write(text);
    if (note) log(options, note);
  });
  if (template.activation_type === "MANUAL")
    log(options, `the package must be activated: esim packages activate ${sim}`);
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

function noneFree(inventory: number | undefined, skipped: Skipped, conflicts: number): CliError {
  const { sims, inUse, taken, withoutProfile } = skipped;
  const where = inventory === undefined ? "" : ` in inventory ${inventory}`;
  const why = [
    inUse > 0 && `${inUse} not PRE_SERVICE`,
    taken > 0 && `${taken} with a package`,
    withoutProfile > 0 && `${withoutProfile} without a RELEASED profile`,
    conflicts > 0 && `${conflicts} just taken`,
  ].filter(Boolean);
  const of = sims > 0 ? `: of ${sims}, ${why.join(", ")}` : ": there are no SIMs";
  return new CliError(
    `no SIM is free${where}${of}`,
    inventory === undefined
      ? "list the SIMs with `esim sims list`"
      : `list the SIMs with \`esim sims list --inventory ${inventory}\`, or pass another --inventory`,
    ExitCode.notFound,
  );
}
