import { apiError, type CallInfo, EsimConnectionError, EsimTimeoutError, isWrite } from "../errors.ts";
import type { CallOptions, EsimClientOptions } from "../options.ts";
import { checkHeaders, type Limits, limitsOf, type Settings } from "../settings.ts";
import { type Answer, redacted } from "./answer.ts";
import type { Attempt, WireRequest } from "./exchange.ts";
import { report } from "./hooks.ts";
import { pickExchange } from "./pick-exchange.ts";
import { type Key, redactor, rootCause } from "./redact.ts";
import { retryDelay } from "./retry.ts";
import { explain } from "./runtime.ts";
import { abortError, reasonOf, sleep, TIME_IS_UP, throwIfAborted, withTimeLimit } from "./time-limit.ts";

/** A request without what its settings add: server, keys, headers of the client. */
export interface OutgoingRequest {
  readonly operation: string;
  readonly method: string;
  /** Path and query, from the base URL on. */
  readonly path: string;
  readonly body: WireRequest["body"];
  /** All headers but the keys, by their names in lower case; those of the client and the call unless given. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Options of one call, and perhaps a fetch of its own. */
export type SendOptions = CallOptions & Pick<EsimClientOptions, "fetch">;

/** An answer, and which call it answers. */
export interface Sent {
  readonly info: CallInfo;
  readonly answer: Answer;
  /** Takes the keys out of an answer that is to become part of an error. */
  redact(answer: Answer): Answer;
}

const JSON_BODY = { "content-type": "application/json" };

/**
 * Sends a request with the keys on it, as often as the policy allows, and reads the whole answer.
 * Any answer is returned, whatever its status, except a redirect and one that could not be read.
 * @throws EsimConnectionError, EsimTimeoutError, EsimApiError for those two, or the reason of the caller's signal
 */
export async function send(
  request: OutgoingRequest,
  settings: Settings,
  options: SendOptions,
): Promise<Sent> {
  const { signal } = options;
  const { operation, method, body } = request;
  const limits = limitsOf(options, settings);
  const isRead = !isWrite(method);
  const url = settings.baseUrl + request.path;
  const info: CallInfo = { operation, method, path: pathOf(url) };
  const end = performance.now() + (limits.totalTimeout || Infinity);
  const headers: Record<string, string> = {
    ...(body === undefined ? undefined : JSON_BODY),
    ...(request.headers ?? {
      ...settings.baseHeaders,
      ...(options.headers && checkHeaders(options.headers)),
    }),
  };
  const exchange = pickExchange(options.fetch ?? settings.fetch, settings.agent);
  throwIfAborted(signal);
  const keys = await getKeys(settings, limits, info, signal);
  for (const [name, key] of keys) headers[name] = key;
  const redact = redactor(keys);

  for (let attempts = 0; ; attempts++) {
    throwIfAborted(signal);
    const event = { ...info, attempt: attempts + 1 };
    report(options.onAttempt ?? settings.onAttempt, event);
    const start = performance.now();
    const limit = Math.max(0, Math.min(limits.timeout || Infinity, end - start));
    const attempt: Attempt = {
      maxResponseBytes: limits.maxResponseBytes,
      onEnd() {},
      isUnsent: () => false,
    };
    let answer: Answer | undefined;
    let failure: unknown;
    let isUnsent = false;
    try {
      answer = await withTimeLimit(limit, signal, (onEnd) => {
        attempt.onEnd = onEnd;
        return exchange({ url, method, headers, body }, attempt);
      });
    } catch (error) {
      isUnsent = isCertain(attempt, error);
      const isLate = error === TIME_IS_UP;
      if (!isLate && signal?.aborted) failure = aborted(reasonOf(signal), isRead || isUnsent);
      else
        failure = connectionError(
          info,
          error,
          isLate ? limit : undefined,
          !isRead && !isUnsent,
          isUnsent,
          redact,
        );
    }
    const isAborted = !answer && signal?.aborted === true;
    const delay =
      attempts < limits.maxRetries && !isAborted ? retryDelay(attempts, isRead, answer, isUnsent) : Infinity;
    const isLast = delay >= end - performance.now();
    report(options.onResult ?? settings.onResult, {
      ...event,
      ...(answer ? { status: answer.status } : { error: failure }),
      durationMs: performance.now() - start,
      willRetryInMs: isLast ? undefined : delay,
      requestId: answer?.header("x-request-id"),
    });
    if (isLast) {
      if (!answer) throw failure;
      // Status 0 is a browser's, which hides status and target of a redirect.
      const isRedirect = answer.status < 200 || (answer.status >= 300 && answer.status < 400);
      if (isRedirect || answer.flaw) throw apiError(info, redacted(answer, redact), answer.flaw);
      return { info, answer, redact: (each) => redacted(each, redact) };
    }
    await sleep(delay, signal);
  }
}

/** Keys that are known come at once. Those that are asked for have as long as an attempt. */
async function getKeys(
  { keys }: Settings,
  { timeout, totalTimeout }: Limits,
  info: CallInfo,
  signal: AbortSignal | undefined,
): Promise<readonly Key[]> {
  if (keys.every((key) => typeof key !== "function")) return keys as Key[];
  const limit = totalTimeout || timeout || Infinity;
  try {
    const asked = () => Promise.all(keys.map((key) => (typeof key === "function" ? key() : key)));
    return await withTimeLimit(limit, signal, asked);
  } catch (error) {
    if (error !== TIME_IS_UP) throw error;
    throw new EsimTimeoutError(info, `no keys in ${limit.toFixed()} ms`, { outcomeUnknown: false });
  }
}

function isCertain(attempt: Attempt, error: unknown): boolean {
  try {
    return attempt.isUnsent(error);
  } catch {
    // What was thrown does not bear being looked at, so nothing is certain.
    return false;
  }
}

function connectionError(
  info: CallInfo,
  error: unknown,
  late: number | undefined,
  outcomeUnknown: boolean,
  isUnsent: boolean,
  redact: (text: string) => string,
): EsimConnectionError {
  if (late !== undefined) {
    const said = `no ${isUnsent ? "connection" : "answer"} in ${late.toFixed()} ms`;
    return new EsimTimeoutError(info, said, { outcomeUnknown });
  }
  const cause = rootCause(error, redact);
  const { code } = cause;
  const said = `${isUnsent ? "not reached" : "connection lost"} [${code ?? cause.message}]${explain(cause)}`;
  return new EsimConnectionError(info, said, { outcomeUnknown, code, cause });
}

/**
 * What an aborted call rejects with. A new error for a write: the signal's own reason is shared by every call that uses the signal, so it
 * must not be changed.
 */
function aborted(reason: unknown, isHarmless: boolean): unknown {
  if (isHarmless) return reason;
  const { message } = Object(reason) as { message?: unknown };
  return Object.assign(abortError(typeof message === "string" ? message : "This operation was aborted"), {
    cause: reason,
    outcomeUnknown: true,
  });
}

/** Without origin and query. */
function pathOf(url: string): string {
  return url.replace(/^\w+:\/\/[^/]*/, "").replace(/\?.*$/s, "");
}
