import { EsimApiError, EsimUsageError, PackagesApi } from "@betatelltd/esim-sdk";
import { shownAddress } from "../address.ts";
import { CliError } from "../cli-error.ts";
import { command, type OptionsOf } from "../command.ts";
import { checkAddress, configurationFor } from "../connect.ts";
import { ExitCode } from "../exit-codes.ts";
import { plain } from "../format/text.ts";
import { interruption } from "../interruption.ts";
import { json, log, print } from "../output.ts";
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
    description: "try the two keys of an account, and store them for this user",
    examples: [
      "esim login",
      "esim login --profile acme",
      `printf '%s\\n' "$USER_ID" "$API_KEY" | esim login`,
      "esim login --base-url http://127.0.0.1:4010",
    ],
  });

type Options = OptionsOf<typeof define>;

/** `esim login`: asks for both keys at a terminal, and reads them as two lines from stdin elsewhere. */
export const login = () => define().action((_, self) => run(self.optsWithGlobals()));

const NOTHING_STORED = "nothing was stored";

async function run(options: Options): Promise<void> {
  const profile = options.profile ?? profileOfEnvironment() ?? DEFAULT_PROFILE;
  // The server that is named now, else the one that the profile is for already, else production.
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
    userId: { value: userId, source: "what was given" },
    apiKey: { value: apiKey, source: "what was given" },
    baseUrl,
    usesStoredKeys: false,
    isInsecureAllowed: isInsecureHttpAllowed(options),
  };
  const doubt = await tryKeys(connection, options);
  // Read once more: while the keys were typed and tried, another login may have stored some.
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
  if (doubt) log(options, `warning: the keys could not be tried: ${doubt}`);
  const old = replaced && (replaced.baseUrl || PRODUCTION);
  if (old && old !== baseUrl.value)
    log(options, `warning: profile ${profile} was for ${plain(shownAddress(old, true))} before`);
  if (options.json) {
    const tried = doubt === undefined;
    await print(json({ file, profile, baseUrl: baseUrl.value, tried, isInUse: !why }));
    return;
  }
  const whose = `user ${mask(userId)}, API key ${mask(apiKey)}`;
  log(
    options,
    `${doubt ? "stored" : "the server accepts them; stored"} as profile ${profile} for ${at} (${whose}) in ${file}`,
  );
  if (why) log(options, `commands do not use it yet: ${why}`);
}

/** How long to wait for the server, in milliseconds: keys can be stored without it. */
const PATIENCE = 10_000;

/**
 * Asks the server whether it accepts the keys. Gives what is in doubt, where it did not say.
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
    const limits = { timeout: options.timeout ?? PATIENCE, maxRetries: 0 };
    const api = new PackagesApi(await configurationFor(connection, limits));
    const { data } = await api.getPackages({ count: 1 }, { signal: interruption() });
    return Array.isArray(data?.packages) ? undefined : "what answers there is not the eSIM API";
  } catch (error) {
    // The SDK checks keys before it sends them.
    if (error instanceof EsimUsageError) throw refused(error.message);
    if (error instanceof CliError || interruption().aborted) throw error;
    if (error instanceof EsimApiError && (error.status === 401 || error.status === 403))
      throw new CliError(
        `the server refuses these keys: ${plain(error.message)}`,
        `compare them with those that you were given; ${NOTHING_STORED}`,
        ExitCode.credentials,
      );
    return plain((error as Error).message);
  }
}

function refused(message: string): CliError {
  const hint = `give the user ID in the first line and the API key in the second; ${NOTHING_STORED}`;
  return new CliError(message, hint, ExitCode.usage);
}
