import { EsimApiError, EsimUsageError, PackagesApi } from "@betatelltd/esim-sdk";
import { shownAddress } from "../address.ts";
import { CliError } from "../cli-error.ts";
import { command, type OptionsOf } from "../command.ts";
import { checkAddress, configurationFor } from "../connect.ts";
import { ExitCode } from "../exit-codes.ts";
import { plain } from "../format/text.ts";
import { interruption } from "../interruption.ts";
import { json, log, print, warn } from "../output.ts";
import { readKeys } from "../read-keys.ts";
import {
  addressFor,
  type Connection,
  isInsecureHttpAllowed,
  mask,
  PRODUCTION,
} from "../settings/connection.ts";
import { whyNotInUse } from "../settings/in-use.ts";
import { profileOfEnvironment } from "../settings/profile-of-environment.ts";
import { DEFAULT_PROFILE, readProfiles, writeProfiles } from "../settings/stored-profiles.ts";

const define = () =>
  command("login", {
    description: "check the keys of an account against the server, and store them",
    examples: [
      "esim login",
      "esim login --profile acme",
      `printf '%s\\n' "$USER_ID" "$API_KEY" | esim login`,
      "esim login --base-url http://127.0.0.1:4010",
    ],
  });

type Options = OptionsOf<typeof define>;

/** `esim login`: asks for both keys at a terminal, and reads two lines from stdin otherwise. */
export const login = () => define().action((_, self) => run(self.optsWithGlobals()));

const NOTHING_STORED = "nothing was stored";

async function run(options: Options): Promise<void> {
  const profile = options.profile ?? profileOfEnvironment() ?? DEFAULT_PROFILE;
  // The server given now, else the one that the profile is stored for, else production.
  const home = readProfiles().profiles.get(profile)?.baseUrl;
  const named = process.env.ESIM_BASE_URL;
  const baseUrl = addressFor(
    options,
    named
      ? { value: named, source: "environment variable ESIM_BASE_URL" }
      : { value: home, source: `profile ${profile}` },
  );
  const at = shownAddress(baseUrl.value, true);
  if (process.stdin.isTTY) log(options, `profile ${profile}, for ${at}`);
  const [userId = "", apiKey = ""] = await readKeys();
  const connection: Connection = {
    profile,
    userId: { value: userId, source: "the input" },
    apiKey: { value: apiKey, source: "the input" },
    baseUrl,
    hasStoredKeys: false,
    isInsecureAllowed: isInsecureHttpAllowed(options),
  };
  const failure = await tryKeys(connection, options);
  // Read again: another login may have stored keys while these were typed and checked.
  const { current, profiles } = readProfiles();
  const replaced = profiles.get(profile);
  const isProduction = baseUrl.value === PRODUCTION;
  const keys = { userId, apiKey, ...(!isProduction && { baseUrl: baseUrl.value }) };
  const stored = {
    current: current !== undefined && profiles.has(current) ? current : profile,
    profiles: new Map([...profiles, [profile, keys] as const]),
  };
  const file = writeProfiles(stored);
  const why = whyNotInUse(profile, stored);
  if (failure) warn(options, `could not check the keys: ${failure}`);
  const old = replaced && (replaced.baseUrl || PRODUCTION);
  if (old && old !== baseUrl.value)
    warn(options, `profile ${profile} was for ${plain(shownAddress(old, true))} before`);
  if (options.json) {
    const tried = failure === undefined;
    await print(json({ file, profile, baseUrl: baseUrl.value, tried, isInUse: !why }));
    return;
  }
  const whose = `user ${mask(userId)}, API key ${mask(apiKey)}`;
  log(
    options,
    `${failure ? "stored" : "the server accepts the keys; stored"} as profile ${profile} for ${at} (${whose}) in ${file}`,
  );
  if (why) log(options, `commands do not use this profile yet: ${why}`);
}

/** Time limit of the check in milliseconds. Short, because keys are stored even if it times out. */
const CHECK_TIMEOUT = 10_000;

/**
 * Asks the server whether it accepts the keys. Returns why that could not be checked, or `undefined` if it accepts them.
 * @throws CliError for keys that cannot be sent, or that the server refuses
 */
async function tryKeys(connection: Connection, options: Options): Promise<string | undefined> {
  for (const [name, { value }] of Object.entries({
    "user ID": connection.userId,
    "API key": connection.apiKey,
  }))
    if (!value) throw refused(`the ${name} is empty`);
  checkAddress(connection);
  try {
    const limits = { timeout: options.timeout ?? CHECK_TIMEOUT, maxRetries: 0 };
    const api = new PackagesApi(await configurationFor(connection, limits));
    const { data } = await api.getPackages({ count: 1 }, { signal: interruption() });
    return Array.isArray(data?.packages) ? undefined : "the server at this address is not the eSIM API";
  } catch (error) {
    // The SDK checks the form of the keys before it sends them.
    if (error instanceof EsimUsageError) throw refused(error.message);
    if (error instanceof CliError || interruption().aborted) throw error;
    if (error instanceof EsimApiError && (error.status === 401 || error.status === 403))
      throw new CliError(
        `the server refuses these keys: ${plain(error.message)}`,
        `compare them with the keys that you were given; ${NOTHING_STORED}`,
        ExitCode.credentials,
      );
    return plain((error as Error).message);
  }
}

function refused(message: string): CliError {
  const hint = `put the user ID on the first line and the API key on the second; ${NOTHING_STORED}`;
  return new CliError(message, hint, ExitCode.usage);
}
