import { apiError, type CallInfo, EsimTimeoutError, isWrite } from "../errors.ts";
import type { Operation } from "../generated/operation.ts";
import { PRODUCTION_URL } from "../generated/server.ts";
import type { CallOptions, EsimClientOptions } from "../options.ts";
import { checkSignal, headersOf, limitsOf, type Settings } from "../settings.ts";
import { type Answer, redacted } from "./answer.ts";
import type { Attempt, Exchange, WireRequest } from "./exchange.ts";
import { type Failure, toFailure } from "./failure.ts";
import { report } from "./hooks.ts";
import { getKeys } from "./keys.ts";
import { pickExchange } from "./pick-exchange.ts";
import { type Redact, redactor } from "./redact.ts";
import { retryDelay } from "./retry.ts";
import { ranOut, sleep, throwIfAborted, withTimeLimit } from "./time-limit.ts";

/** A request before the settings add server, keys and client headers. */
export interface OutgoingRequest {
  readonly operation: Pick<Operation, "id" | "returns" | "needsKeys" | "server">;
  readonly method: string;
  /** Relative to the base URL. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  readonly body: WireRequest["body"];
  /** All headers except the keys, with lower-case names. By default, the headers of the client and the call. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Options of one call, optionally with its own fetch. */
export type SendOptions = CallOptions & Pick<EsimClientOptions, "fetch">;

/** An answer and the call it belongs to. */
export interface Sent {
  readonly info: CallInfo;
  readonly answer: Answer;
  /** Removes the keys from an answer before it is attached to an error. */
  redact(answer: Answer): Answer;
}

/**
 * Adds the keys to a request, sends it as often as the retry policy allows, and reads the whole response.
 * Returns a response with any status, except a redirect or one that could not be read.
 * @throws EsimConnectionError, EsimTimeoutError, EsimApiError for those two, or the reason of the caller's signal
 */
export async function send(
  request: OutgoingRequest,
  settings: Settings,
  options: SendOptions,
): Promise<Sent> {
  const { signal, onAttempt = settings.onAttempt, onResult = settings.onResult } = options;
  const { operation, method, path, query, body } = request;
  const limits = limitsOf(options, settings);
  const exchange = pickExchange(options.fetch ?? settings.fetch, settings.agent);
  const headers: Record<string, string> = request.headers
    ? { ...request.headers }
    : {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headersOf(operation, settings, options.headers),
      };
  const { baseUrl, basePath } = serverOf(operation, settings);
  const info: CallInfo = { operation: operation.id, method, path: basePath + path };
  const isRead = !isWrite(method);
  const end = performance.now() + (limits.totalTimeout || Infinity);
  checkSignal(signal);
  throwIfAborted(signal);
  const keys = operation.needsKeys ? await getKeys(settings, limits, info, signal) : [];
  for (const [name, key] of keys) headers[name] = key;
  const isBinary = operation.returns === "bytes";
  const wire: WireRequest = { url: baseUrl + path + query, method, headers, body, isBinary };
  // Created on demand: a call that succeeds needs none.
  let redactText: Redact | undefined;
  const redact: Redact = (text) => {
    redactText ??= redactor(keys);
    return redactText(text);
  };

  for (let attempts = 0; ; attempts++) {
    throwIfAborted(signal);
    if (onAttempt) report(onAttempt, { ...info, attempt: attempts + 1 });
    const start = performance.now();
    if (end <= start)
      throw new EsimTimeoutError(info, ranOut(limits.totalTimeout), { outcomeUnknown: false });
    const limit = Math.min(limits.timeout || Infinity, end - start);
    const { answer, failure } = await tryOnce(
      exchange,
      wire,
      limit,
      limits.maxResponseBytes,
      signal,
      (error, attempt) => toFailure({ error, attempt, info, limit, isRead, signal, redact }),
    );
    const canRetry = attempts < limits.maxRetries && !failure?.isPermanent;
    const delay = canRetry ? retryDelay(attempts, isRead, answer, failure?.isUnsent ?? false) : Infinity;
    const isLast = delay >= end - performance.now();
    if (onResult) {
      const requestId = answer?.header("x-request-id");
      report(onResult, {
        ...info,
        attempt: attempts + 1,
        ...(answer ? { status: answer.status } : { error: failure?.reason }),
        durationMs: performance.now() - start,
        willRetryInMs: isLast ? undefined : delay,
        requestId: requestId && redact(requestId),
      });
    }
    if (!isLast) {
      await sleep(delay, signal);
      continue;
    }
    if (!answer) throw failure?.reason;
    // A browser reports status 0 for a redirect, and hides its target.
    const isRedirect = answer.status < 200 || (answer.status >= 300 && answer.status < 400);
    if (isRedirect || answer.flaw) throw apiError(info, redacted(answer, redact), answer.flaw);
    return { info, answer, redact: (each) => redacted(each, redact) };
  }
}

/** In production an operation may have its own server. Anywhere else, such as on a mock, one server handles all of them. */
function serverOf(
  { server }: Pick<Operation, "server">,
  settings: Settings,
): Pick<Settings, "baseUrl" | "basePath"> {
  if (!server || settings.baseUrl !== PRODUCTION_URL) return settings;
  return { baseUrl: server, basePath: server.replace(/^https?:\/\/[^/]+/, "") };
}

interface Outcome {
  readonly answer?: Answer;
  readonly failure?: Failure;
}

async function tryOnce(
  exchange: Exchange,
  wire: WireRequest,
  limit: number,
  maxResponseBytes: number,
  signal: AbortSignal | undefined,
  onFailure: (error: unknown, attempt: Attempt) => Failure,
): Promise<Outcome> {
  // Nothing is sent until the exchange replaces `isUnsent`.
  const attempt: Attempt = { maxResponseBytes, onEnd() {}, isUnsent: () => true };
  try {
    const answer = await withTimeLimit(limit, signal, (onEnd) => {
      attempt.onEnd = onEnd;
      return exchange(wire, attempt);
    });
    return { answer };
  } catch (error) {
    return { failure: onFailure(error, attempt) };
  }
}
