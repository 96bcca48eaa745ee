import { EsimApiError, EsimUsageError, PackagesApi } from "@betatelltd/esim-sdk";
import { CliError } from "../../cli-error.ts";
import { configurationFor } from "../../connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { formatDuration } from "../../format/duration.ts";
import type { Connection } from "../../settings/connection.ts";
import { loginCommand } from "../../settings/login-command.ts";
import { type Check, failedCheck } from "./check.ts";

const THERE: Check = { name: "server", ok: true, found: "it answers" };
const FIX_ADDRESS = "correct --base-url, ESIM_BASE_URL, or what `esim login` stored";

/** One read-only call shows whether the server is there, whether the keys work, and what time it is there. */
export async function serverChecks(
  connection: Connection,
  { timeout = 10_000 }: { readonly timeout?: number | undefined },
): Promise<Check[]> {
  try {
    const api = new PackagesApi(await configurationFor(connection, { timeout, maxRetries: 0 }));
    const { data, headers } = await api.getPackages({ count: 1 });
    const clock = clockChecks(headers);
    if (!Array.isArray(data?.packages)) {
      const found = "what answers is not the eSIM API";
      return [{ name: "server", ok: false, found, fix: FIX_ADDRESS, exitCode: ExitCode.unexpected }];
    }
    if (connection.userId.value && connection.apiKey.value)
      return [THERE, { name: "keys", ok: true, found: "the server accepts them" }, ...clock];
    const found = "there are none to try";
    return [
      THERE,
      {
        name: "keys",
        ok: false,
        found,
        fix: `run \`${loginCommand(connection.profile)}\``,
        exitCode: ExitCode.credentials,
      },
      ...clock,
    ];
  } catch (error) {
    return whyNot(error, connection);
  }
}

function whyNot(error: unknown, { profile, userId, apiKey, usesStoredKeys }: Connection): Check[] {
  const isFromEnvironment = Boolean(userId.value && apiKey.value) && !usesStoredKeys;
  const down = { name: "server", ok: false, found: (error as Error).message };
  if (error instanceof CliError) return [failedCheck("server", error, "", ExitCode.unexpected)];
  if (error instanceof EsimUsageError)
    return [{ ...down, fix: "correct the setting that it names", exitCode: ExitCode.usage }];
  if (!(error instanceof EsimApiError)) {
    const fix =
      "check the address, the network and the proxy; without an account, start one here: npx @betatelltd/esim-mock";
    return [{ ...down, fix, exitCode: ExitCode.unavailable }];
  }
  if (error.status === 401 || error.status === 403) {
    // Where the environment has both keys, a login changes nothing.
    const next = isFromEnvironment
      ? "correct ESIM_USER_ID and ESIM_API_KEY"
      : `run \`${loginCommand(profile)}\``;
    const fix = `compare them with those that you were given, and ${next}`;
    const refused = { ...down, name: "keys", fix, exitCode: ExitCode.credentials };
    return [THERE, refused, ...clockChecks(error.response.headers)];
  }
  if (error.status === 429 || error.status >= 500)
    return [{ ...down, fix: "wait, and try again; then ask support", exitCode: ExitCode.unavailable }];
  // Something answers, but not as the API would: a login page, a redirect, no such route.
  return [{ ...down, fix: FIX_ADDRESS, exitCode: ExitCode.unexpected }];
}

/** By how many seconds the clocks may differ; an answer is a while on its way, and its date has no fractions. */
const TOLERANCE = 30;

/** This machine's clock beside the server's, from the answer's date. What expires in 5 minutes here should do so there. */
function clockChecks(headers: Headers): Check[] {
  const there = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(there)) return [];
  const seconds = Math.round((Date.now() - there) / 1000);
  if (Math.abs(seconds) <= TOLERANCE) return [{ name: "clock", ok: true, found: "as the server's" }];
  const found = `${formatDuration(Math.abs(seconds))} ${seconds > 0 ? "ahead of" : "behind"} the server's`;
  const fix = "set this machine's clock; until then times in the past and the future are wrong by that";
  return [{ name: "clock", ok: false, found, fix, exitCode: ExitCode.unexpected }];
}
