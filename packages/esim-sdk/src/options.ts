import type { CallInfo } from "./errors.ts";

/** A key, a promise of one, or a function called for each request with the header's name (`x-api-key`, `x-user-id`). */
export type Credential = string | Promise<string> | ((name: string) => string | Promise<string>);

/** An attempt that is about to be sent. It contains no key. */
export interface AttemptEvent extends CallInfo {
  /** The number of this attempt, starting at 1. */
  readonly attempt: number;
}

/** How an attempt ended: with a `status`, or with an `error` if there was no response. It contains no key. */
export interface ResultEvent extends AttemptEvent {
  /** The HTTP status, if the whole response arrived. */
  readonly status?: number;
  /** Why there is no response: an `EsimConnectionError`, an `EsimTimeoutError`, or the reason the call rejects with after an abort. */
  readonly error?: unknown;
  /**
   * Time from just before the request was sent to the last byte of the response.
   * @unit milliseconds
   */
  readonly durationMs: number;
  /**
   * How long the call waits before the next attempt; `undefined` if this was the last one.
   * @unit milliseconds
   */
  readonly willRetryInMs: number | undefined;
  /** The server's ID of the request, if it sent one (`x-request-id`). */
  readonly requestId: string | undefined;
}

/** Options that can be set for a client or for a single call. */
export interface TransportOptions {
  /**
   * Time limit for each attempt, up to the last byte of the response. `0` means no limit.
   * @unit milliseconds
   * @default 30000
   */
  timeout?: number | undefined;
  /**
   * Time limit for the whole call, including all attempts and the waits between them. `0` means no limit.
   * @unit milliseconds
   * @default 0
   */
  totalTimeout?: number | undefined;
  /**
   * How many times a failed call is retried at most. A read is retried after a lost connection, a timeout, 408, 429, 502, 503
   * and 504; a write only after 429 or if the server was never reached, so that it cannot happen twice.
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * Maximum size of a response after decompression. A larger one is an error.
   * @unit bytes
   * @default 67108864 (64 MiB)
   */
  maxResponseBytes?: number | undefined;
  /** Additional request headers. */
  headers?: Record<string, string | undefined> | undefined;
  /** Called before each attempt, for logs and metrics. Anything it throws is ignored. */
  onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /** Called after each attempt, for logs and metrics. Anything it throws is ignored. */
  onResult?: ((event: ResultEvent) => void) | undefined;
}

/** The last argument of every API method; the methods of `createEsimClient()` accept these options too. */
export interface CallOptions extends TransportOptions {
  /**
   * Cancels the call: it rejects with the signal's reason, as fetch does (an `AbortError` by default). A write that was already
   * sent rejects with an `AbortError` that has `outcomeUnknown` and the signal's reason as its `cause`.
   */
  signal?: AbortSignal | undefined;
}

/** How requests are sent. */
export interface ConnectionOptions {
  /** Allows `http:` to hosts other than this machine. The keys are then sent unencrypted. @default false */
  allowInsecureHttp?: boolean | undefined;
  /**
   * Used instead of the global `fetch`, for tests and proxies. All of this SDK's rules still apply. The Request it receives is complete:
   * keys, body, `redirect: "manual"`, `cache: "no-store"` and signal.
   */
  fetch?: ((input: Request) => Promise<Response>) | undefined;
  /**
   * Node only: an `http.Agent`, or for `https:` an `https.Agent`, to use a proxy, a private certificate authority or a custom connection pool.
   * @default Node's global agent
   */
  agent?: object | undefined;
}

/** Options of `createEsimClient()`. */
export interface EsimClientOptions extends TransportOptions, ConnectionOptions {
  /** The API key, sent as `x-api-key`. A function is called for both keys. @default env ESIM_API_KEY */
  apiKey?: Credential | undefined;
  /** The user ID, sent as `x-user-id`. @default env ESIM_USER_ID */
  userId?: Credential | undefined;
  /** The API's base URL. @default env ESIM_BASE_URL, or the production server */
  baseUrl?: string | undefined;
}
