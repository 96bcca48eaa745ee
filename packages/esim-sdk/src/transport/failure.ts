import { type CallInfo, EsimConnectionError, EsimTimeoutError, oneLine } from "../errors.ts";
import type { Attempt } from "./exchange.ts";
import { type Redact, rootCause } from "./redact.ts";
import { explain } from "./runtime.ts";
import { abortError, reasonOf, TIME_IS_UP } from "./time-limit.ts";

/** Why an attempt got no response. */
export interface Failure {
  /** What the call rejects with, unless it is retried. */
  readonly reason: unknown;
  /** Whether the server certainly received nothing of the request. */
  readonly isUnsent: boolean;
  /** Whether another attempt would end the same way. */
  readonly isPermanent: boolean;
}

interface Circumstances {
  readonly error: unknown;
  readonly attempt: Attempt;
  readonly info: CallInfo;
  /** The attempt's time limit, in milliseconds. */
  readonly limit: number;
  readonly isRead: boolean;
  readonly signal: AbortSignal | undefined;
  readonly redact: Redact;
}

/** Turns anything thrown during an attempt into the error that the caller gets. */
export function toFailure({ error, attempt, info, limit, isRead, signal, redact }: Circumstances): Failure {
  const isTimeUp = error === TIME_IS_UP;
  const isAborted = !isTimeUp && signal?.aborted === true;
  const isUnsent = isCertainlyUnsent(attempt, error);
  const outcomeUnknown = !isRead && !isUnsent;
  const state = { isUnsent, isPermanent: isAborted };
  if (isAborted)
    return { ...state, reason: outcomeUnknown ? doubtfulAbort(reasonOf(signal)) : reasonOf(signal) };
  if (isTimeUp) {
    const message = `no ${isUnsent ? "connection" : "response"} within ${limit.toFixed()} ms`;
    return { ...state, reason: new EsimTimeoutError(info, message, { outcomeUnknown }) };
  }
  const cause = rootCause(error, redact);
  const { code } = cause;
  const explanation = explain(cause);
  const advice = explanation ? `: ${explanation.text}` : "";
  const detail = oneLine(code ?? cause.message).slice(0, 300);
  const message = `${isUnsent ? "could not connect" : "connection lost"} [${detail}]${advice}`;
  const reason = new EsimConnectionError(info, message, { outcomeUnknown, code, cause });
  return { reason, isUnsent, isPermanent: isUnsent && explanation?.isPermanent === true };
}

function isCertainlyUnsent(attempt: Attempt, error: unknown): boolean {
  try {
    return attempt.isUnsent(error);
  } catch {
    // Reading the thrown value throws, so nothing is certain.
    return false;
  }
}

/**
 * The error for aborting a write that may have happened. A new error: the signal's own reason is shared by every call that uses the signal,
 * so it must not be changed.
 */
export function doubtfulAbort(reason: unknown): Error {
  const { message } = Object(reason) as { message?: unknown };
  const text = typeof message === "string" ? message : "This operation was aborted";
  return Object.assign(abortError(text), { cause: reason, outcomeUnknown: true });
}
