import { EsimUsageError } from "./errors.ts";
import { PRODUCTION_URL } from "./generated/operations.ts";
import { withTimeLimit } from "./transport/time-limit.ts";

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
  /**
   * Cancels the call: it rejects with the signal's reason, as fetch does (an `AbortError` by default). A write that was sent
   * rejects with an `AbortError` that has `outcomeUnknown`, and the reason as its `cause`.
   */
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

/** Options, checked and complete. */
export interface Settings extends EsimClientOptions {
  readonly baseUrl: string;
  /** Each asks for a key, for so many milliseconds at most. What is known already comes at once. */
  readonly keys: readonly ((ms: number, signal: AbortSignal | undefined) => Key | Promise<Key>)[];
}

/** A header and its value. */
export type Key = readonly [name: string, key: string];

/**
 * Completes options from the environment and the defaults.
 * @throws EsimUsageError naming the option that is missing or wrong, but never the value of a key
 */
export function resolveOptions(options: EsimClientOptions): Settings {
  const { apiKey, baseUrl = environment("ESIM_BASE_URL") ?? PRODUCTION_URL } = options;
  const userId = options.userId ?? (typeof apiKey === "function" ? apiKey : undefined);
  limitsOf(options, options);
  return {
    ...options,
    baseUrl: checkBaseUrl(baseUrl, options.allowInsecureHttp),
    keys: [
      // In this order they are redacted: the user ID may be part of the API key, and must not leave the rest of it.
      resolveKey("x-api-key", apiKey, "apiKey", "ESIM_API_KEY"),
      resolveKey("x-user-id", userId, "userId", "ESIM_USER_ID"),
    ],
  };
}

/** Lays a call's time limits and retries over the client's. @throws EsimUsageError for a negative one, or no number */
export function limitsOf(call: TransportOptions, client: TransportOptions) {
  const {
    timeout = client.timeout ?? 30_000,
    totalTimeout = client.totalTimeout ?? 0,
    maxRetries = client.maxRetries ?? 2,
  } = call;
  // Math.min makes NaN of NaN, which is not 0 or more either.
  if (Math.min(timeout, totalTimeout, maxRetries) >= 0) return [timeout, totalTimeout, maxRetries] as const;
  throw new EsimUsageError("limits must be 0 or more");
}

/**
 * fetch quotes the value of a header that it refuses, and a key must not end up in a log: so it is checked here first.
 * Without quotes and backslashes, JSON that echoes a key holds it as it is, and it can be redacted.
 */
function checkKey(label: string, key: unknown): string {
  if (typeof key === "string" && /^[!#-[\]-~]+$/.test(key)) return key;
  throw new EsimUsageError(`${label} must be plain ASCII`);
}

/** An environment variable that is set and not empty, on platforms that have them. */
export function environment(name: string): string | undefined {
  return (globalThis as { process?: { env?: Record<string, string> } }).process?.env?.[name] || undefined;
}

const SECURE = /^http(s:|:\/\/(localhost|127\.[\d.]+|\[::1\])[:/])[^@?#]*$/;

function checkBaseUrl(baseUrl: string, allowInsecureHttp?: boolean): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl).href : "";
  if (SECURE.test(allowInsecureHttp ? url.replace("http:", "https:") : url)) return url.replace(/\/+$/, "");
  throw new EsimUsageError("baseUrl must be plain https, or http on localhost");
}

function resolveKey(
  header: string,
  given: Credential | undefined,
  option: string,
  variable: string,
): Settings["keys"][number] {
  const key = given ?? environment(variable);
  if (!key) throw new EsimUsageError(`${option} is missing: pass it or set ${variable}`);
  if (typeof key === "string") {
    const known: Key = [header, checkKey(option, key)];
    return () => known;
  }
  return (ms, signal) =>
    withTimeLimit(ms, signal, async () => [
      header,
      checkKey(header, await (typeof key === "function" ? key(header) : key)),
    ]);
}
