import { retryAfter } from "../errors.ts";
import type { Answer } from "./answer.ts";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8_000;
const LONGEST_RETRY_AFTER = 60_000;
const PASSING = [408, 429, 502, 503, 504];

/**
 * How long to wait after a failed attempt before the next, in milliseconds; `Infinity` to give up.
 *
 * A write buys or ends something at its first arrival, and the API has no idempotency key: it is repeated only where the
 * server has refused it (429) or was never reached.
 *
 * `Retry-After` is a lower bound. One above a minute is not worth blocking the caller for, and to come back earlier would
 * disobey it: the call fails at once, and its error says how long to wait.
 * @param attempt how many attempts went before
 * @param isRead whether the call only reads
 * @param answer the answer, if there was one
 * @param isUnsent without an answer, whether it is certain that the request never reached the server
 */
export function retryDelay(
  attempt: number,
  isRead: boolean,
  answer: Pick<Answer, "status" | "header"> | undefined,
  isUnsent: boolean,
): number {
  const isPassing = answer ? (isRead ? PASSING : [429]).includes(answer.status) : isRead || isUnsent;
  if (!isPassing) return Infinity;
  const asked = 1000 * ((answer && retryAfter(answer)) || 0);
  if (asked > LONGEST_RETRY_AFTER) return Infinity;
  // Full jitter: clients that failed together do not come back together.
  const backOff = Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
  return Math.max(asked, backOff);
}
