import { EsimApiError, EsimUsageError, PackagesApi } from "@betatelltd/esim-sdk";
import { CliError } from "../../cli-error.ts";
import { configurationFor } from "../../connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { formatDuration } from "../../format/duration.ts";
import type { Connection } from "../../settings/connection.ts";
import { loginCommand } from "../../settings/login-command.ts";
import { type Check, failedCheck } from "./check.ts";

const REACHABLE: Check = { name: "server", ok: true, found: "reachable" };
const FIX_ADDRESS = "correct --base-url, ESIM_BASE_URL, or what `esim login` stored";

/** Makes one read-only call to check that the server is reachable, that the keys work, and that the clocks agree. */
export async function serverChecks(
  connection: Connection,
  { timeout = 10_000 }: { readonly timeout?: number | undefined },
): Promise<Check[]> {
  try {
    const api = new PackagesApi(await configurationFor(connection, { timeout, maxRetries: 0 }));
    const { data, headers } = await api.getPackages({ count: 1 });
    const clock = clockChecks(headers);
    if (!Array.isArray(data?.packages)) {
      const found = "the server at this address is not the eSIM API";
      return [{ name: "server", ok: false, found, fix: FIX_ADDRESS, exitCode: ExitCode.unexpected }];
    }
    if (connection.userId.value && connection.apiKey.value)
      return [REACHABLE, { name: "keys", ok: true, found: "the server accepts them" }, ...clock];
    const found = "not checked: no keys are configured";
    return [
      REACHABLE,
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
    return failureChecks(error, connection);
  }
}

function failureChecks(error: unknown, { profile, userId, apiKey, hasStoredKeys }: Connection): Check[] {
  const isFromEnvironment = Boolean(userId.value && apiKey.value) && !hasStoredKeys;
  const down = { name: "server", ok: false, found: (error as Error).message };
  if (error instanceof CliError) return [failedCheck("server", error, "", ExitCode.unexpected)];
  if (error instanceof EsimUsageError)
    return [{ ...down, fix: "correct this setting", exitCode: ExitCode.usage }];
  if (!(error instanceof EsimApiError)) {
    const fix =
      "check the address, the network and the proxy; without an account, run the API here: npx @betatelltd/esim-mock";
    return [{ ...down, fix, exitCode: ExitCode.unavailable }];
  }
  if (error.status === 401 || error.status === 403) {
    // Keys in the environment take precedence, so logging in would not help.
    const next = isFromEnvironment
      ? "correct ESIM_USER_ID and ESIM_API_KEY"
      : `run \`${loginCommand(profile)}\``;
    const fix = `compare the keys with those that you were given, and ${next}`;
    const refused = { ...down, name: "keys", fix, exitCode: ExitCode.credentials };
    return [REACHABLE, refused, ...clockChecks(error.response.headers)];
  }
  if (error.status === 429 || error.status >= 500)
    return [
      { ...down, fix: "wait, then try again; if it persists, ask support", exitCode: ExitCode.unavailable },
    ];
  // Something else answers: a login page, a redirect, an unknown route.
  return [{ ...down, fix: FIX_ADDRESS, exitCode: ExitCode.unexpected }];
}

/** How many seconds the clocks may differ, allowing for network delay and the whole seconds of the Date header. */
const MAX_CLOCK_SKEW = 30;

/** Compares this machine's clock with the server's Date header, because relative times depend on both. */
function clockChecks(headers: Headers): Check[] {
  const there = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(there)) return [];
  const seconds = Math.round((Date.now() - there) / 1000);
  if (Math.abs(seconds) <= MAX_CLOCK_SKEW)
    return [{ name: "clock", ok: true, found: "in sync with the server" }];
  const found = `${formatDuration(Math.abs(seconds))} ${seconds > 0 ? "ahead of" : "behind"} the server`;
  const fix = "set this machine's clock; until then, relative times are off by this much";
  return [{ name: "clock", ok: false, found, fix, exitCode: ExitCode.unexpected }];
}
