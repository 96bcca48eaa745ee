import { EsimUsageError } from "./errors.ts";
import type { ConnectionOptions, Credential, EsimClientOptions, TransportOptions } from "./options.ts";
import { checkNames, environment } from "./settings.ts";

/** Parameters of a {@link Configuration}. */
export interface ConfigurationParameters extends ConnectionOptions {
  /**
   * The keys. A function is called with each header's name, `x-api-key` and `x-user-id`. A string or a promise is used
   * for both, unless `userId` or the environment variable ESIM_USER_ID is set.
   * @default env ESIM_API_KEY
   */
  apiKey?: Credential | undefined;
  /** The value of `x-user-id`. @default the result of `apiKey` if that is a function, else env ESIM_USER_ID, else `apiKey` */
  userId?: Credential | undefined;
  /** The API's base URL. @default env ESIM_BASE_URL, or the production server */
  basePath?: string | undefined;
  /** Headers, time limits, retries and hooks for every call. */
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

/** Kept outside the object, so that neither util.inspect nor JSON.stringify shows a key. */
const OPTIONS = /* @__PURE__ */ new WeakMap<Configuration, EsimClientOptions>();

/**
 * Keys, server and call options for an API class. It is safe to log: its keys are not visible.
 *
 * ```ts
 * const configuration = new Configuration({
 *   apiKey: (name) => (name === "x-api-key" ? "your-api-key" : "your-user-id"),
 * });
 * ```
 */
export class Configuration {
  /** Exists only for the compiler, so that it rejects a plain object. */
  declare protected readonly isConfiguration: never;

  /** @throws EsimUsageError naming an unknown option */
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

/** A configuration as options of `createEsimClient()`. Internal, because they contain the keys. */
export function optionsOf(configuration: Configuration): EsimClientOptions {
  const options = OPTIONS.get(configuration);
  if (options) return options;
  throw new EsimUsageError(
    "configuration must be created with `new Configuration({ … })` from this same copy of the package",
  );
}
