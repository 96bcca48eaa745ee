import { canCarryKeys, isLoopback, shownAddress } from "../address.ts";
import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import type { GlobalOptions } from "../global-options.ts";
import { keysOfEnvironment } from "./keys-of-environment.ts";
import { noSuchProfile } from "./no-such-profile.ts";
import { profileOfEnvironment } from "./profile-of-environment.ts";
import { readProfiles, type StoredKeys, type StoredProfiles } from "./stored-profiles.ts";

/** A setting and its source. */
export interface Setting {
  readonly value: string | undefined;
  readonly source: string;
}

/** Everything that a call needs, with sources. */
export interface Connection {
  /** The profile in use; `undefined` if the environment has both keys, or nothing is stored. */
  readonly profile: string | undefined;
  readonly userId: Setting;
  readonly apiKey: Setting;
  readonly baseUrl: Setting & { readonly value: string };
  /** Whether a key comes from a stored profile. */
  readonly hasStoredKeys: boolean;
  /** Whether keys may be sent unencrypted to another machine. */
  readonly isInsecureAllowed: boolean;
}

/** The options that determine the connection. */
export type ConnectionFlags = Pick<GlobalOptions, "baseUrl" | "profile" | "insecureHttp">;

/** The production server, as in the contract. */
export const PRODUCTION = "https://esim.betatel.com/api/v1/esim";

/**
 * Resolves the connection. `--profile` takes precedence over everything; otherwise the environment takes precedence over the stored
 * profile, which is not read if the environment has both keys. For the address, `--base-url` comes first and production last.
 * @throws CliError for an unreadable file, an unknown profile, or a server that the stored keys do not belong to
 */
export function resolveConnection(flags: ConnectionFlags): Connection {
  const env = flags.profile ? {} : process.env;
  const { profile, keys } =
    keysOfEnvironment(env).length === 2
      ? NO_PROFILE
      : pickProfile(readProfiles(), flags.profile ?? profileOfEnvironment());
  const pick = (variable: string, stored: string | undefined): Setting => {
    const value = env[variable];
    if (value) return { value, source: `environment variable ${variable}` };
    return stored ? { value: stored, source: `profile ${profile}` } : { value: undefined, source: "not set" };
  };
  const userId = pick("ESIM_USER_ID", keys.userId);
  const apiKey = pick("ESIM_API_KEY", keys.apiKey);
  const hasStoredKeys = [userId, apiKey].some(({ source }) => source === `profile ${profile}`);
  const isInsecureAllowed = isInsecureHttpAllowed(flags);
  const baseUrl = addressFor(flags, pick("ESIM_BASE_URL", keys.baseUrl));
  if (hasStoredKeys) refuseForeignServer(baseUrl.value, keys.baseUrl ?? PRODUCTION, profile ?? "");
  return { profile, userId, apiKey, baseUrl, hasStoredKeys, isInsecureAllowed };
}

/** The connection of a command that needs no keys: only the address is taken from a stored profile, if there is one. */
export function resolveWithoutKeys(flags: ConnectionFlags): Connection {
  const none: Setting = { value: undefined, source: "not needed" };
  const env = flags.profile ? {} : process.env;
  const named: Setting = { value: env.ESIM_BASE_URL, source: "environment variable ESIM_BASE_URL" };
  const isKnown = flags.baseUrl || named.value || keysOfEnvironment(env).length === 2;
  const { profile, keys } = isKnown
    ? NO_PROFILE
    : pickProfile(readProfiles(), flags.profile ?? profileOfEnvironment());
  const stored: Setting = { value: keys.baseUrl, source: `profile ${profile}` };
  return {
    profile,
    userId: none,
    apiKey: none,
    baseUrl: addressFor(flags, named.value ? named : stored),
    hasStoredKeys: false,
    isInsecureAllowed: isInsecureHttpAllowed(flags),
  };
}

/** Whether --insecure-http or its variable is set; `0`, `false` and nothing leave the variable off. */
export function isInsecureHttpAllowed({ insecureHttp }: Pick<GlobalOptions, "insecureHttp">): boolean {
  return insecureHttp === true || !/^(0|false|no|off|)$/i.test(process.env.ESIM_ALLOW_INSECURE_HTTP ?? "");
}

const NO_PROFILE = { profile: undefined, keys: {} as StoredKeys };

function pickProfile(
  { current, profiles }: StoredProfiles,
  named: string | undefined,
): typeof NO_PROFILE | Picked {
  const profile = named ?? current;
  const keys = profile === undefined ? undefined : profiles.get(profile);
  if (profile !== undefined && keys) return { profile, keys };
  if (named !== undefined) throw noSuchProfile(named, profiles);
  if (profiles.size > 0)
    throw new CliError(
      `no profile is selected; stored profiles: ${[...profiles.keys()].join(", ")}`,
      "select one with `esim profiles use NAME`, --profile or ESIM_PROFILE",
      ExitCode.credentials,
    );
  return NO_PROFILE;
}

interface Picked {
  readonly profile: string;
  readonly keys: StoredKeys;
}

/** The address of the API: from the flag, else as configured, else production. */
export function addressFor({ baseUrl }: ConnectionFlags, configured: Setting): Connection["baseUrl"] {
  if (baseUrl) return { value: baseUrl, source: "--base-url" };
  if (configured.value) return { value: configured.value, source: configured.source };
  return { value: PRODUCTION, source: "production" };
}

/** Stored keys are sent to the server that they were stored for, or to a mock on this machine, and nowhere else. */
function refuseForeignServer(address: string, home: string, profile: string): void {
  const target = URL.canParse(address) ? new URL(address) : undefined;
  const owner = URL.canParse(home) ? new URL(home).origin : "a server with an invalid address";
  if (!target || target.origin === owner || isLoopback(target)) return;
  const at = canCarryKeys(address, true) ? target.origin : "that server";
  throw new CliError(
    `the keys of profile ${profile} belong to ${owner}, and are not sent to ${at}`,
    `log in to that server with \`esim login --profile NAME --base-url ${shownAddress(address, true)}\`, or set ESIM_USER_ID and ESIM_API_KEY`,
    ExitCode.credentials,
  );
}

/** Masks a key, except for its last four characters, which are enough to recognise it. */
export function mask(key: string): string {
  return key.length >= 12 ? `••••${key.slice(-4)}` : "••••";
}
