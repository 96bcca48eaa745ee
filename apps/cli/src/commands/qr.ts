import { ESIMRSPApi } from "@betatelltd/esim-sdk";
import { iccid } from "../arguments.ts";
import { CliError } from "../cli-error.ts";
import { command, type OptionsOf } from "../command.ts";
import { type Connected, connect } from "../connect.ts";
import { ExitCode } from "../exit-codes.ts";
import { plain } from "../format/text.ts";
import { withHints } from "../hints.ts";
import type { Row } from "../listing/row.ts";
import { coloured, json, log, write } from "../output.ts";
import { codeText } from "../qr-text.ts";
import { checkFree, writePrivately } from "../write-file.ts";
import { activationCodeOf, fetchProfile } from "./profile/fetch-profile.ts";
import { noCodeHint } from "./profile/hints.ts";
import { profileState } from "./profile/states.ts";

const define = () =>
  command("qr", {
    description: "draw the QR code that a traveller scans to install the eSIM",
    examples: [
      "esim qr 8910300000045681955",
      "esim qr 8910300000045681955 --text",
      "esim qr 8910300000045681955 --png code.png",
    ],
  })
    .argument("<iccid>", "the SIM's ICCID, with or without spaces", iccid)
    .option("--text", "print only the activation code, as in a pipe")
    .option("--png <file>", "write the server's image to this file, readable by you only")
    .option("--force", "with --png: replace an existing file");

type Options = OptionsOf<typeof define>;

/** `esim qr`. */
export const qr = () => define().action((sim, _, self) => run(sim, self.optsWithGlobals()));

async function run(sim: string, options: Options): Promise<void> {
  const { png, text, force } = options;
  if (png !== undefined && text)
    throw new CliError("--text and --png cannot be combined", "pass only one of them", ExitCode.usage);
  if (force && png === undefined)
    throw new CliError("--force works with --png only", "add --png FILE", ExitCode.usage);
  if (png !== undefined) checkFree(png, force);
  const connected = await connect(options);
  if (png !== undefined) return writeImage(sim, png, connected, options);
  const profile = await fetchProfile(connected, sim);
  const code = activationCodeOf(profile);
  if (!code) throw noCode(sim, profile);
  if (options.json) return write(`${json({ sim, state: profile.state, activation_code: code })}\n`);
  const isDrawn = !text && !options.quiet;
  const { text: drawn, note } = isDrawn ? await codeText(code, coloured(options)) : justCode(code);
  await write(drawn);
  if (note) log(options, note);
  const warning = warningOf(sim, profile);
  if (warning) log(options, warning);
}

async function writeImage(
  sim: string,
  file: string,
  { configuration, call }: Connected,
  options: Options,
): Promise<void> {
  const hints = { byStatus: { 404: noCodeHint(sim) } };
  const { data } = await withHints(hints, new ESIMRSPApi(configuration).getQRCode(sim, call));
  writePrivately(file, data, options.force);
  if (options.json) await write(`${json({ sim, file, bytes: data.length })}\n`);
  else
    log(
      options,
      `wrote the QR code of SIM ${sim} to ${plain(file)}; the first device to scan it gets the eSIM`,
    );
}

function justCode(code: string): { readonly text: string; readonly note?: string } {
  return { text: `${plain(code)}\n` };
}

function noCode(sim: string, { state }: Row): CliError {
  const known = profileState(state);
  return new CliError(
    `SIM ${sim} has no activation code: its profile is ${plain(state)}${known ? `, ${known.meaning}` : ""}`,
    noCodeHint(sim),
    ExitCode.notFound,
  );
}

/** Warns of a code that may not work, or not on its own. */
function warningOf(sim: string, { state, cc_required: needsCode }: Row): string | undefined {
  if (needsCode === true) return "the device will ask for a confirmation code, which this API does not show";
  const known = profileState(state);
  if (state === "RELEASED" || !known) return undefined;
  return `the profile is ${plain(state)}, ${known.meaning}; to see whether it can be downloaded again, run: esim profile get ${sim}`;
}
