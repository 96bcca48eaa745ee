import type { CallInfo } from "./errors.ts";

/** A key, a promise of one, or a function that is asked for one by header name (`x-api-key`, `x-user-id`) for each call. */
export type Credential = string | Promise<string> | ((name: string) => string | Promise<string>);

/** An attempt that is about to be sent. It holds no key. */
export interface AttemptEvent extends CallInfo {
  /** Counts the attempts of the call, from 1. */
  readonly attempt: number;
}

/** How an attempt ended: with a `status`, or with an `error` where no answer came. It holds no key. */
export interface ResultEvent extends AttemptEvent {
  /** The HTTP status, where the whole answer arrived. */
  readonly status?: number;
  /** Why there is no answer: an `EsimConnectionError`, an `EsimTimeoutError`, or what an abort makes the call reject with. */
  readonly error?: unknown;
  /**
   * From just before the request was sent to the last byte of the answer.
   * @unit milliseconds
   */
  readonly durationMs: number;
  /**
   * How long the call waits before the next attempt; `undefined` if this was the last.
   * @unit milliseconds
   */
  readonly willRetryInMs: number | undefined;
  /** The server's ID of the request, if it sent one (`x-request-id`). */
  readonly requestId: string | undefined;
}

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
  /**
   * How long an answer may be, after decompression. A longer one is an error.
   * @unit bytes
   * @default 67108864 (64 MiB)
   */
  maxResponseBytes?: number | undefined;
  /** More request headers. */
  headers?: Record<string, string | undefined> | undefined;
  /** Called before each attempt, for logs and metrics. What it throws is ignored. */
  onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /** Called after each attempt, for logs and metrics. What it throws is ignored. */
  onResult?: ((event: ResultEvent) => void) | undefined;
}

/** The last argument of each method of an API class, and accepted by the methods of `createEsimClient()`. */
export interface CallOptions extends TransportOptions {
  /**
   * Cancels the call: it rejects with the signal's reason, as fetch does (an `AbortError` by default). A write that was sent
   * rejects with an `AbortError` that has `outcomeUnknown`, and the reason as its `cause`.
   */
  signal?: AbortSignal | undefined;
}

/** How requests leave this machine. */
export interface ConnectionOptions {
  /** Allows `http:` to other hosts than this one. The keys then travel in the clear. @default false */
  allowInsecureHttp?: boolean | undefined;
  /**
   * Used instead of the global `fetch`, for tests and proxies. Every rule of this SDK holds for it too. What it is handed is complete: keys,
   * body, `redirect: "manual"`, `cache: "no-store"` and signal.
   */
  fetch?: ((input: Request) => Promise<Response>) | undefined;
  /**
   * On Node alone: an `http.Agent`, or for `https:` an `https.Agent`, for a proxy, a certificate authority or a pool of one's own.
   * @default Node's global agent
   */
  agent?: object | undefined;
}

/** Options of `createEsimClient()`. */
export interface EsimClientOptions extends TransportOptions, ConnectionOptions {
  /** The API key, header `x-api-key`. A function is asked for both keys. @default env ESIM_API_KEY */
  apiKey?: Credential | undefined;
  /** The user ID, header `x-user-id`. @default env ESIM_USER_ID */
  userId?: Credential | undefined;
  /** Where the API is. @default env ESIM_BASE_URL, or the production server */
  baseUrl?: string | undefined;
}
