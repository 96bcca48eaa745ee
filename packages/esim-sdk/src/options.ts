import { EsimUsageError } from "./errors.ts";
import { PRODUCTION_URL } from "./generated/operations.ts";

/** A key, a promise of one, or a function that is asked for one by header name (`x-api-key`, `x-user-id`) for each call. */
export type Credential = string | Promise<string> | ((name: string) => string | Promise<string>);

/** What both a client and a single call can set. */
export interface TransportOptions {
  /**
   * Time limit of each attempt, up to the last byte of the answer. `0` for none.
   * @unit milliseconds
   * @default 30000
   */
  timeout?: number | undefined;
  /**
   * Time limit of the whole call, all attempts and the waits between them included. `0` for none.
   * @unit milliseconds
   * @default 0
   */
  totalTimeout?: number | undefined;
  /**
   * How often a failed call is repeated at most. A read is repeated after a lost connection, a time-out, 408, 429, 502, 503
   * and 504; a write only after 429 and where the server was never reached, so that it cannot happen twice.
   * @default 2
   */
  maxRetries?: number | undefined;
  /** More request headers. */
  headers?: Record<string, string> | undefined;
}

/** The last argument of each method of `PackagesApi`, and accepted by `GET` and `POST` of `createEsimClient()`. */
export interface CallOptions extends TransportOptions {
  /** Cancels the call: it rejects with the signal's reason, as fetch does (an `AbortError` by default). */
  signal?: AbortSignal | undefined;
}

/** Options of `createEsimClient()`. */
export interface EsimClientOptions extends TransportOptions {
  /** The API key, header `x-api-key`. A function is asked for both keys. @default env ESIM_API_KEY */
  apiKey?: Credential | undefined;
  /** The user ID, header `x-user-id`. @default env ESIM_USER_ID */
  userId?: Credential | undefined;
  /** Where the API is. @default env ESIM_BASE_URL, or the production server */
  baseUrl?: string | undefined;
  /** Allows `http:` to other hosts than this one. The keys then travel in the clear. @default false */
  allowInsecureHttp?: boolean | undefined;
  /** Used instead of the global `fetch`, for tests and proxies. Every rule of this SDK holds for it too. */
  fetch?: ((input: Request) => Promise<Response>) | undefined;
}

/** Time limits and retries, checked and complete. */
export interface Policy {
  readonly timeout: number;
  readonly totalTimeout: number;
  readonly maxRetries: number;
}

/** Options, checked and complete. */
export interface Settings extends Policy {
  readonly baseUrl: string;
  readonly headers: Record<string, string>;
  readonly fetch: EsimClientOptions["fetch"];
  /** The value of each key's header. */
  readonly keys: () => Promise<[name: string, key: string][]>;
}

const DEFAULTS: Policy = { timeout: 30_000, totalTimeout: 0, maxRetries: 2 };

/**
 * Completes options from the environment and the defaults.
 * @throws EsimUsageError naming the option that is missing or wrong, but never the value of a key
 */
export function resolveOptions(options: EsimClientOptions): Settings {
  const { apiKey, userId, headers = {}, fetch } = options;
  const credentials = {
    "x-user-id": checkCredential(
      userId ?? (typeof apiKey === "function" ? apiKey : undefined),
      "userId",
      "ESIM_USER_ID",
    ),
    "x-api-key": checkCredential(apiKey, "apiKey", "ESIM_API_KEY"),
  };
  return {
    ...resolvePolicy(options, DEFAULTS),
    baseUrl: checkBaseUrl(
      options.baseUrl ?? environment("ESIM_BASE_URL") ?? PRODUCTION_URL,
      options.allowInsecureHttp,
    ),
    headers,
    fetch,
    keys: () =>
      Promise.all(
        Object.entries(credentials).map(async ([name, credential]) => [
          name,
          checkHeader(name, await (typeof credential === "function" ? credential(name) : credential)),
        ]),
      ),
  };
}

/** Lays a call's time limits and retries over the client's, and checks what it adds. */
export function resolvePolicy(options: TransportOptions, defaults: Policy): Policy {
  for (const [name, value] of Object.entries(options.headers ?? {})) checkHeader(`Header ${name}`, value);
  const policy = { ...defaults };
  for (const name of Object.keys(DEFAULTS) as (keyof Policy)[]) {
    const value = options[name] ?? defaults[name];
    if (!(value >= 0)) throw new EsimUsageError(`${name} must be a number from 0 up, not ${value}`);
    policy[name] = value;
  }
  return policy;
}

/**
 * fetch quotes the value of a header that it refuses, and the value may be a secret: so it is checked here first.
 * @throws EsimUsageError with the label, not the value
 */
export function checkHeader(label: string, value: unknown): string {
  if (typeof value === "string" && /^[ -~]+$/.test(value)) return value;
  throw new EsimUsageError(`${label} must be a string of printable ASCII, and not empty`);
}

/** An environment variable that is set and not empty, on platforms that have them. */
export function environment(name: string): string | undefined {
  return (globalThis as { process?: { env?: Record<string, string> } }).process?.env?.[name] || undefined;
}

const SECURE = /^(https:|http:\/\/(([^/]+\.)?localhost|127\.[\d.]+|\[::1\])[:/])[^@?#]+$/;

function checkBaseUrl(baseUrl: string, allowInsecureHttp?: boolean): string {
  // A relative URL is good in a browser, where the API may stand behind the page's own server.
  const page = (globalThis as { location?: { href: string } }).location?.href;
  const url = URL.canParse(baseUrl, page) ? new URL(baseUrl, page).href : "";
  if ((allowInsecureHttp ? /^https?:[^@?#]+$/ : SECURE).test(url)) return url.replace(/\/+$/, "");
  throw new EsimUsageError(
    `baseUrl must be like ${PRODUCTION_URL}: https (http on this machine, or with allowInsecureHttp), no password, no query`,
  );
}

function checkCredential(given: Credential | undefined, option: string, variable: string): Credential {
  const credential = given ?? environment(variable);
  if (!credential)
    throw new EsimUsageError(`${option} is missing: pass it, or set the environment variable ${variable}`);
  if (typeof credential === "string") checkHeader(option, credential);
  // The first call gets the rejection; until then it must not end the process.
  else if (typeof credential === "object") credential.catch(() => {});
  return credential;
}
