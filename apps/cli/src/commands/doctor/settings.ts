import { canCarryKeys, shownAddress } from "../../address.ts";
import { checkAddress } from "../../connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import {
  type Connection,
  type ConnectionFlags,
  mask,
  resolveConnection,
  type Setting,
} from "../../settings/connection.ts";
import { credentialsFile } from "../../settings/folders.ts";
import { loginCommand } from "../../settings/login-command.ts";
import { exposedFile, readProfiles } from "../../settings/stored-profiles.ts";
import { type Check, failedCheck } from "./check.ts";

/** The oldest supported major version. */
const MIN_NODE = 20;

/** Checks the version of Node.js. */
export function nodeCheck(): Check {
  return {
    name: "Node.js",
    ok: Number.parseInt(process.versions.node, 10) >= MIN_NODE,
    found: process.version,
    fix: `install Node.js ${MIN_NODE} or later`,
  };
}

/** Checks the settings, and returns the connection too; `undefined` if the settings contradict each other. */
export function settingsChecks(flags: ConnectionFlags): [Connection | undefined, Check[]] {
  try {
    const connection = resolveConnection(flags);
    const { profile, userId, apiKey } = connection;
    const named: Check[] = profile ? [{ name: "profile", ok: true, found: profile }] : [];
    const checks = [
      ...named,
      addressCheck(connection),
      keyCheck("user ID", "ESIM_USER_ID", userId, profile),
      keyCheck("API key", "ESIM_API_KEY", apiKey, profile),
      ...storedKeysChecks(),
    ];
    return [connection, checks];
  } catch (error) {
    const failed = failedCheck("settings", error, "run `esim login`", ExitCode.credentials);
    // Avoids reporting a broken file twice.
    return [undefined, [failed, ...storedKeysChecks().filter(({ found }) => found !== failed.found)]];
  }
}

function addressCheck(connection: Connection): Check {
  const { baseUrl, isInsecureAllowed } = connection;
  try {
    checkAddress(connection);
  } catch (error) {
    return failedCheck("address", error, "correct the address", ExitCode.usage);
  }
  const isEncrypted = canCarryKeys(baseUrl.value, false);
  const found = `${shownAddress(baseUrl.value, isInsecureAllowed)} from ${baseUrl.source}`;
  return { name: "address", ok: true, found: isEncrypted ? found : `${found}, not encrypted` };
}

function keyCheck(name: string, variable: string, { value, source }: Setting, profile?: string): Check {
  if (value) return { name, ok: true, found: `${mask(value)} from ${source}` };
  const fix = `run \`${loginCommand(profile)}\`, or set ${variable}`;
  return { name, ok: false, found: "missing", fix, exitCode: ExitCode.credentials };
}

/** Checks the file with the stored keys, even if the environment takes precedence. */
function storedKeysChecks(): Check[] {
  const name = "stored keys";
  try {
    if (readProfiles().profiles.size === 0) return [];
  } catch (error) {
    return [failedCheck(name, error, "run `esim login`", ExitCode.credentials)];
  }
  const exposed = exposedFile();
  if (!exposed) return [{ name, ok: true, found: `only you can read ${credentialsFile()}` }];
  return [
    {
      name,
      ok: false,
      found: `other users can read ${exposed}`,
      fix: `chmod 600 ${exposed}`,
      exitCode: ExitCode.credentials,
    },
  ];
}
