import { SystemApi } from "@betatelltd/esim-sdk";
import { shownAddress } from "../address.ts";
import { CliError } from "../cli-error.ts";
import { command, type OptionsOf } from "../command.ts";
import { checkAddress, configurationFor } from "../connect.ts";
import { ExitCode } from "../exit-codes.ts";
import { formatDuration } from "../format/duration.ts";
import { plain, shorten } from "../format/text.ts";
import { amount, colour } from "../format/values.ts";
import { withHints } from "../hints.ts";
import { interruption } from "../interruption.ts";
import { checkAnswer } from "../listing/check-answer.ts";
import type { Row } from "../listing/row.ts";
import { coloured, json, write } from "../output.ts";
import { resolveWithoutKeys } from "../settings/connection.ts";

const define = () =>
  command("status", {
    description: "check whether the service is up (exit code 0 if it is); needs no keys",
    examples: ["esim status", "esim status --json", "until esim status --quiet; do sleep 30; done"],
  });

type Options = OptionsOf<typeof define>;

/** `esim status`. */
export const status = () => define().action((_, self) => run(self.optsWithGlobals()));

/** States of a service that answers but is not working. The contract does not list any; `false` and an empty one count too. */
const BAD = /^\s*($|err|fail|false|down|off|unavail|unhealthy|crit|stop|maint|not )/i;
/** Longer values are shortened: a state is a word, not a page. */
const MAX_WIDTH = 80;

async function run(options: Options): Promise<void> {
  const connection = resolveWithoutKeys(options);
  checkAddress(connection);
  const configuration = await configurationFor(connection, options);
  const hints = { byStatus: { 503: "the service is down: wait, then try again" } };
  const call = { signal: interruption() };
  const { data } = await withHints(hints, new SystemApi(configuration).getStatus(call));
  const row = checkAnswer(data, "service status", "status");
  if (BAD.test(`${row.status}`))
    throw new CliError(
      `the service reports that it is not working: ${described(row)}`,
      "wait, then try again, or ask the operator",
      ExitCode.unavailable,
    );
  if (options.json) await write(`${json(data)}\n`);
  else if (!options.quiet) {
    const sign = colour("✓", "green", coloured(options));
    await write(`${sign} ${shownAddress(connection.baseUrl.value, true)}: ${described(row)}\n`);
  }
}

/** `ok, version 1.0.0, up for 3 d`. */
function described({ status, version, uptime }: Row): string {
  const seconds = amount(uptime);
  const isDuration = seconds !== undefined && seconds >= 0;
  const parts = [
    shorten(plain(status), MAX_WIDTH),
    version !== undefined && `version ${shorten(plain(version), MAX_WIDTH)}`,
    uptime !== undefined &&
      `up for ${isDuration ? formatDuration(seconds) : shorten(plain(uptime), MAX_WIDTH)}`,
  ];
  return parts.filter(Boolean).join(", ");
}
