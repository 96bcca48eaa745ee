import { type ModifyPCRProfileRequest, PCRProfileApi } from "@betatelltd/esim-sdk";
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { iccid } from "../../arguments.ts";
import { CliError } from "../../cli-error.ts";
import { command, type OptionsOf } from "../../command.ts";
import { type Connected, connect } from "../../connect.ts";
import { printDryRun } from "../../dry-run.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain } from "../../format/text.ts";
import { withHints } from "../../hints.ts";
import type { Row } from "../../listing/row.ts";
import { json, log, write } from "../../output.ts";
import { reportWritten } from "../../report-written.ts";
import { fetchLine } from "./fetch-line.ts";
import { getLineCommand, lineHints } from "./hints.ts";
import { onOrOff, SERVICES, serviceLabel, stateOf, throttlingOf, walletLabel } from "./reading.ts";
import { SPEED_CHOICES, speed, speedLabel } from "./speeds.ts";

const SWITCH = ["on", "off"] as const;
const WALLETS = ["group", "sim"] as const;

const define = () =>
  command("set", {
    description: "switch data, voice and SMS on or off, limit the speed, or choose the wallet",
    examples: [
      "esim line set 8910300000045681955 --data off",
      "esim line set 8910300000045681955 --speed 500k",
      "esim line set 8910300000045681955 --data on --voice off --dry-run",
    ],
  })
    .argument("<iccid>", "the SIM's ICCID, with or without spaces", iccid)
    .addOption(new Option("--data <state>", "on or off").choices(SWITCH).argParser(switched))
    .addOption(
      new Option("--speed <speed>", "the speed limit of data, such as 500k")
        .choices(SPEED_CHOICES)
        .argParser(speed),
    )
    .addOption(new Option("--voice <state>", "on or off").choices(SWITCH).argParser(switched))
    .addOption(new Option("--sms <state>", "on or off").choices(SWITCH).argParser(switched))
    .addOption(new Option("--wallet <whose>", "which wallet is charged").choices(WALLETS).argParser(wallet))
    .option("--dry-run", "print the request, and change nothing");

type Options = OptionsOf<typeof define>;

/** `esim line set`. */
export const set = () => define().action((sim, _, self) => run(sim, self.optsWithGlobals()));

async function run(sim: string, options: Options): Promise<void> {
  const { data, speed, voice, sms, wallet } = options;
  if ([data, speed, voice, sms, wallet].every((each) => each === undefined))
    throw new CliError(
      "nothing to change",
      "pass --data, --speed, --voice, --sms or --wallet",
      ExitCode.usage,
    );
  // The API requires the state with the speed, so it is looked up if not given.
  const isComplete = speed === undefined || data !== undefined;
  if (options.dryRun && isComplete) return printDryRun(change(sim, requestOf(options, undefined)), options);
  const connected = await connect(options);
  const before = await fetchLine(connected, sim);
  const request = requestOf(options, before);
  if (options.dryRun) return printDryRun(change(sim, request), options);
  const api = new PCRProfileApi(connected.configuration);
  const { status } = await withHints(lineHints(sim), api.modifyPCRProfile(sim, request, connected.call));
  const after = await readBack(connected, sim, options);
  if (options.quiet && !options.json) return;
  await reportWritten(`changed the line of SIM ${sim}`, getLineCommand(sim), () => {
    if (options.json) return write(`${json({ sim, status, before, after: after ?? null })}\n`);
    return write(`${changes(request, before, after ?? { ...before, ...request }).join("\n")}\n`);
  });
}

function requestOf({ data, speed, voice, sms, wallet }: Options, before: Row | undefined) {
  const request: ModifyPCRProfileRequest = {
    ...((data ?? speed) && {
      data: { state: data ?? stateNow(before), ...(speed && { active_throttling: speed }) },
    }),
    ...(voice && { voice: { state: voice } }),
    ...(sms && { sms: { state: sms } }),
    ...(wallet && { wallet_mode: wallet }),
  };
  return request;
}

/** @throws CliError if it cannot be read: guessing could switch data on or off */
function stateNow(before: Row = {}): "ENABLED" | "DISABLED" {
  const state = stateOf(before, "data");
  if (state === "ENABLED" || state === "DISABLED") return state;
  throw new CliError(
    `cannot change the speed alone: the current state of data is unknown (${plain(before.data)})`,
    "also pass --data on or --data off",
    ExitCode.usage,
  );
}

function change(sim: string, body: ModifyPCRProfileRequest) {
  return { method: "PUT", path: `/sim-pcr-profiles/${sim}`, body };
}

/** Reads the line back. A failure is only reported: the change itself succeeded. */
async function readBack(connected: Connected, sim: string, options: Options): Promise<Row | undefined> {
  try {
    return await fetchLine(connected, sim);
  } catch (error) {
    const { message } = Object(error) as Error;
    log(options, `changed, but the line could not be read back: ${plain(message)}`);
    return undefined;
  }
}

/** The requested changes, before and after: `data: on, no limit → off`. */
function changes(request: ModifyPCRProfileRequest, before: Row, after: Row): string[] {
  const services = SERVICES.filter((each) => request[each] !== undefined);
  const lines = services.map(
    (each) => `${each}: ${serviceLabel(before, each)} → ${serviceLabel(after, each)}`,
  );
  if (request.wallet_mode) lines.push(`wallet: ${walletLabel(before)} → ${walletLabel(after)}`);
  for (const each of services) {
    const wanted = onOrOff(request[each]?.state);
    if (onOrOff(stateOf(after, each)) !== wanted) lines.push(notConfirmed(`${each} is ${wanted}`));
  }
  const speed = request.data?.active_throttling;
  if (speed && throttlingOf(after) !== speed) lines.push(notConfirmed(`data has ${speedLabel(speed)}`));
  if (request.wallet_mode && after.wallet_mode !== request.wallet_mode)
    lines.push(notConfirmed(`the wallet is ${walletLabel({ wallet_mode: request.wallet_mode })}`));
  return lines;
}

function notConfirmed(what: string): string {
  return `the service accepted the change, but does not report that ${what}`;
}

function switched(text: string): "ENABLED" | "DISABLED" {
  if (text === "on") return "ENABLED";
  if (text === "off") return "DISABLED";
  throw new InvalidArgumentError("Expected on or off.");
}

function wallet(text: string): "GROUP" | "SIM" {
  if (text === "group") return "GROUP";
  if (text === "sim") return "SIM";
  throw new InvalidArgumentError("Expected group or sim.");
}
