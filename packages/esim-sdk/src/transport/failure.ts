import { type CallInfo, EsimConnectionError, EsimTimeoutError, oneLine } from "../errors.ts";
import type { Attempt } from "./exchange.ts";
import { type Redact, rootCause } from "./redact.ts";
import { explain } from "./runtime.ts";
import { abortError, reasonOf, TIME_IS_UP } from "./time-limit.ts";

/** Why an attempt brought no answer. */
export interface Failure {
  /** What the call rejects with, unless it is repeated. */
  readonly reason: unknown;
  /** Whether it is certain that the server got nothing of the request. */
  readonly isUnsent: boolean;
  /** Whether another attempt would end the same way. */
  readonly isLasting: boolean;
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

/** Makes of whatever was thrown what the caller gets to see. */
export function toFailure({ error, attempt, info, limit, isRead, signal, redact }: Circumstances): Failure {
  const isLate = error === TIME_IS_UP;
  const isAborted = !isLate && signal?.aborted === true;
  const isUnsent = isCertain(attempt, error);
  const outcomeUnknown = !isRead && !isUnsent;
  const state = { isUnsent, isLasting: isAborted };
  if (isAborted)
    return { ...state, reason: outcomeUnknown ? doubtfulAbort(reasonOf(signal)) : reasonOf(signal) };
  if (isLate) {
    const said = `no ${isUnsent ? "connection" : "answer"} in ${limit.toFixed()} ms`;
    return { ...state, reason: new EsimTimeoutError(info, said, { outcomeUnknown }) };
  }
  const cause = rootCause(error, redact);
  const { code } = cause;
  const explanation = explain(cause);
  const more = explanation ? `: ${explanation.said}` : "";
  const what = oneLine(code ?? cause.message).slice(0, 300);
  const said = `${isUnsent ? "not reached" : "connection lost"} [${what}]${more}`;
  const reason = new EsimConnectionError(info, said, { outcomeUnknown, code, cause });
  return { reason, isUnsent, isLasting: isUnsent && explanation?.isLasting === true };
}

function isCertain(attempt: Attempt, error: unknown): boolean {
  try {
    return attempt.isUnsent(error);
  } catch {
    // What was thrown does not bear being looked at, so nothing is certain.
    return false;
  }
}

/**
 * An abort of a write that may have happened. A new error: the signal's own reason is shared by every call that uses the signal, so it
 * must not be changed.
 */
export function doubtfulAbort(reason: unknown): Error {
  const { message } = Object(reason) as { message?: unknown };
  const said = typeof message === "string" ? message : "This operation was aborted";
  return Object.assign(abortError(said), { cause: reason, outcomeUnknown: true });
}
