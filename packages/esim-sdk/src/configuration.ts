import { type Credential, type EsimClientOptions, environment, type TransportOptions } from "./options.ts";

/** What a {@link Configuration} is made from. */
export interface ConfigurationParameters {
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
  /** Headers, time limits and retries of every call. */
  baseOptions?: TransportOptions | undefined;
  /** Allows `http:` to hosts other than this machine. @default false */
  allowInsecureHttp?: boolean | undefined;
  /** Used instead of the global `fetch`. */
  fetch?: EsimClientOptions["fetch"];
}

/** The same, as options of `createEsimClient()`; for this package alone, because they show the keys. */
export let optionsOf: (configuration: Configuration) => EsimClientOptions;

/**
 * Keys, server and call options of a `PackagesApi`. It can be logged: its keys stay out of sight.
 *
 * ```ts
 * const configuration = new Configuration({
 *   apiKey: (name) => (name === "x-api-key" ? "your-api-key" : "your-user-id"),
 * });
 * ```
 */
export class Configuration {
  // Private, so that neither util.inspect nor JSON.stringify shows a key.
  readonly #options: EsimClientOptions;

  constructor({ basePath, baseOptions, apiKey, userId, ...rest }: ConfigurationParameters = {}) {
    const fallback = typeof apiKey === "function" ? apiKey : (environment("ESIM_USER_ID") ?? apiKey);
    this.#options = { ...baseOptions, ...rest, baseUrl: basePath, apiKey, userId: userId ?? fallback };
  }

  static {
    optionsOf = (configuration) => configuration.#options;
  }
}
