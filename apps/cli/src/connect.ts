import { type CallOptions, Configuration, type EsimClientOptions, PackagesApi } from "@betatelltd/esim-sdk";
import { canCarryKeys, isLoopback } from "./address.ts";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import type { GlobalOptions } from "./global-options.ts";
import { interruption } from "./interruption.ts";
import { log } from "./output.ts";
import { agentFor } from "./proxy.ts";
import { type Connection, resolveConnection } from "./settings/connection.ts";
import { loginCommand } from "./settings/login-command.ts";
import { exposedFile } from "./settings/stored-profiles.ts";

/** The API of packages, what the other API classes are made with, and the options for all calls: the signal that Ctrl-C aborts. */
export interface Connected {
  readonly api: PackagesApi;
  readonly configuration: Configuration;
  readonly call: CallOptions;
}

/**
 * Makes the API from flags, environment and file, and warns of what is unsafe about them.
 * @throws CliError when a key is missing, or may not go to that server
 */
export async function connect(options: GlobalOptions): Promise<Connected> {
  const connection = usableConnection(options);
  const configuration = await configurationFor(connection, options);
  return { api: new PackagesApi(configuration), configuration, call: { signal: interruption() } };
}

let inUse: Connection | undefined;

/** The connection that the command has made, for an error to say whose keys it is about. */
export function connectionInUse(): Connection | undefined {
  return inUse;
}

/** The connection with both keys. @throws CliError when one is missing, or the address cannot be used */
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
  warn(connection, options);
  return connection;
}

/** @throws CliError for an address that keys must not be sent to */
export function checkAddress({ profile, baseUrl: { value, source }, isInsecureAllowed }: Connection): void {
  if (canCarryKeys(value, isInsecureAllowed)) return;
  const isInsecureAlone = canCarryKeys(value, true);
  throw new CliError(
    isInsecureAlone
      ? `${value} (${source}) is not encrypted: others on the way could read the keys`
      : `the address (${source}) is not an https address without password and query`,
    isInsecureAlone
      ? "use https; or, for a mock in a network of yours, add --insecure-http"
      : source.startsWith("profile ")
        ? `run \`${loginCommand(profile)} --base-url URL\``
        : "correct it",
    ExitCode.usage,
  );
}

function warn({ baseUrl, usesStoredKeys }: Connection, options: GlobalOptions): void {
  const url = new URL(baseUrl.value);
  if (url.protocol === "http:" && !isLoopback(url))
    log(options, `warning: the keys go to ${url.origin} unencrypted, and others on the way can read them`);
  const file = usesStoredKeys && exposedFile();
  if (file) log(options, `warning: others can read ${file}; run: chmod 600 ${file}`);
}

type Limits = { readonly timeout?: number | undefined; readonly maxRetries?: number };

/** What an API class needs for a connection. @throws CliError for a proxy that cannot be used, EsimUsageError for a key */
export async function configurationFor(connection: Connection, limits: Limits): Promise<Configuration> {
  const { baseUrl, timeout, maxRetries, ...rest } = await clientOptionsFor(connection, limits);
  return new Configuration({ ...rest, basePath: baseUrl, baseOptions: { timeout, maxRetries } });
}

/** The same, as options of `createEsimClient()`. @throws CliError for a proxy that cannot be used */
export async function clientOptionsFor(
  { userId, apiKey, baseUrl, isInsecureAllowed }: Connection,
  { timeout, maxRetries }: Limits,
): Promise<EsimClientOptions> {
  return {
    // Without keys a server can still be reached; it will say what it thinks of these.
    apiKey: apiKey.value ?? "missing",
    userId: userId.value ?? "missing",
    baseUrl: baseUrl.value,
    allowInsecureHttp: isInsecureAllowed,
    agent: await agentFor(baseUrl.value),
    timeout,
    maxRetries,
  };
}
