import { type CallOptions, Configuration, type EsimClientOptions, PackagesApi } from "@betatelltd/esim-sdk";
import { canCarryKeys, isLoopback } from "./address.ts";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import type { GlobalOptions } from "./global-options.ts";
import { interruption } from "./interruption.ts";
import { warn } from "./output.ts";
import { agentFor } from "./proxy.ts";
import { type Connection, resolveConnection } from "./settings/connection.ts";
import { loginCommand } from "./settings/login-command.ts";
import { exposedFile } from "./settings/stored-profiles.ts";

/** The packages API, the configuration for the other API classes, and the options of every call: the signal that Ctrl-C aborts. */
export interface Connected {
  readonly api: PackagesApi;
  readonly configuration: Configuration;
  readonly call: CallOptions;
}

/**
 * Connects with the settings from flags, environment and stored profiles, and warns if they are unsafe.
 * @throws CliError if a key is missing or must not be sent to that server
 */
export async function connect(options: GlobalOptions): Promise<Connected> {
  const connection = usableConnection(options);
  const configuration = await configurationFor(connection, options);
  return { api: new PackagesApi(configuration), configuration, call: { signal: interruption() } };
}

let inUse: Connection | undefined;

/** The connection that the command uses, so that an error can name its profile. */
export function connectionInUse(): Connection | undefined {
  return inUse;
}

/** A connection with both keys. @throws CliError if one is missing or the address cannot be used */
export function usableConnection(options: GlobalOptions): Connection {
  const connection = resolveConnection(options);
  inUse = connection;
  const { userId, apiKey, profile } = connection;
  const missing = [!userId.value && "user ID", !apiKey.value && "API key"].filter(Boolean);
  if (missing.length > 0)
    throw new CliError(
      `the ${missing.join(" and the ")} ${missing.length > 1 ? "are" : "is"} missing${profile ? ` in profile ${profile}` : ""}`,
      `run \`${loginCommand(profile)}\`, or set ESIM_USER_ID and ESIM_API_KEY`,
      ExitCode.credentials,
    );
  checkAddress(connection);
  warnIfUnsafe(connection, options);
  return connection;
}

/** @throws CliError for an address that keys must not be sent to */
export function checkAddress({ profile, baseUrl: { value, source }, isInsecureAllowed }: Connection): void {
  if (canCarryKeys(value, isInsecureAllowed)) return;
  const isInsecureAlone = canCarryKeys(value, true);
  throw new CliError(
    isInsecureAlone
      ? `${value} (${source}) is not encrypted: anyone on the network could read the keys`
      : `the address (${source}) is not an https URL without password and query`,
    isInsecureAlone
      ? "use https, or pass --insecure-http for a mock on your own network"
      : source.startsWith("profile ")
        ? `run \`${loginCommand(profile)} --base-url URL\``
        : `correct ${source}`,
    ExitCode.usage,
  );
}

function warnIfUnsafe({ baseUrl, hasStoredKeys }: Connection, options: GlobalOptions): void {
  const url = new URL(baseUrl.value);
  if (url.protocol === "http:" && !isLoopback(url))
    warn(options, `the keys are sent to ${url.origin} unencrypted; anyone on the network can read them`);
  const file = hasStoredKeys && exposedFile();
  if (file) warn(options, `other users can read ${file}; run: chmod 600 ${file}`);
}

type Limits = { readonly timeout?: number | undefined; readonly maxRetries?: number };

/** The configuration of an API class. @throws CliError for an unusable proxy, EsimUsageError for an invalid key */
export async function configurationFor(connection: Connection, limits: Limits): Promise<Configuration> {
  const { baseUrl, timeout, maxRetries, ...rest } = await clientOptionsFor(connection, limits);
  return new Configuration({ ...rest, basePath: baseUrl, baseOptions: { timeout, maxRetries } });
}

/** The same, as options of `createEsimClient()`. @throws CliError for an unusable proxy */
export async function clientOptionsFor(
  { userId, apiKey, baseUrl, isInsecureAllowed }: Connection,
  { timeout, maxRetries }: Limits,
): Promise<EsimClientOptions> {
  return {
    // `esim doctor` and `esim status` reach the server without keys too.
    apiKey: apiKey.value ?? "missing",
    userId: userId.value ?? "missing",
    baseUrl: baseUrl.value,
    allowInsecureHttp: isInsecureAllowed,
    agent: await agentFor(baseUrl.value),
    timeout,
    maxRetries,
  };
}
