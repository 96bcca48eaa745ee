import { EsimUsageError } from "./errors.ts";
import type { ConnectionOptions, Credential, EsimClientOptions, TransportOptions } from "./options.ts";
import { checkNames, environment } from "./settings.ts";

/** What a {@link Configuration} is made from. */
export interface ConfigurationParameters extends ConnectionOptions {
  /**
   * The keys. A function is asked for each header by name, `x-api-key` and `x-user-id`. A string or a promise serves
   * for both, unless `userId` or the environment variable ESIM_USER_ID says otherwise.
   * @default env ESIM_API_KEY
   */
  apiKey?: Credential | undefined;
  /** The value of `x-user-id`. @default what the function `apiKey` says, env ESIM_USER_ID, or `apiKey` */
  userId?: Credential | undefined;
  /** Where the API is. @default env ESIM_BASE_URL, or the production server */
  basePath?: string | undefined;
  /** Headers, time limits, retries and hooks of every call. */
  baseOptions?: TransportOptions | undefined;
}

const PARAMETERS: Readonly<Record<keyof ConfigurationParameters, true>> = {
  apiKey: true,
  userId: true,
  basePath: true,
  baseOptions: true,
  allowInsecureHttp: true,
  fetch: true,
  agent: true,
};

/** Kept apart, so that neither util.inspect nor JSON.stringify of a configuration shows a key. */
const OPTIONS = /* @__PURE__ */ new WeakMap<Configuration, EsimClientOptions>();

/**
 * Keys, server and call options of an API class. It can be logged: its keys stay out of sight.
 *
 * ```ts
 * const configuration = new Configuration({
 *   apiKey: (name) => (name === "x-api-key" ? "your-api-key" : "your-user-id"),
 * });
 * ```
 */
export class Configuration {
  /** Exists for the compiler alone, so that it takes no plain object for a configuration. */
  declare protected readonly isConfiguration: never;

  /** @throws EsimUsageError naming the option that there is not */
  constructor(parameters: ConfigurationParameters = {}) {
    checkNames(parameters, PARAMETERS);
    const { basePath, baseOptions, apiKey, userId, ...rest } = parameters;
    OPTIONS.set(this, {
      ...baseOptions,
      ...rest,
      baseUrl: basePath,
      apiKey,
      userId: userId ?? (typeof apiKey === "function" ? apiKey : (environment("ESIM_USER_ID") ?? apiKey)),
    });
  }
}

/** The same, as options of `createEsimClient()`; for this package alone, because they show the keys. */
export function optionsOf(configuration: Configuration): EsimClientOptions {
  const options = OPTIONS.get(configuration);
  if (options) return options;
  throw new EsimUsageError(
    "configuration must be made with `new Configuration({ … })` of this same copy of the package",
  );
}
