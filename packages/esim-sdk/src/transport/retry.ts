import { retryAfter } from "../errors.ts";
import type { Answer } from "./answer.ts";

const FIRST_WAIT = 500;
const MAX_WAIT = 8_000;
const MAX_RETRY_AFTER = 60_000;
const TRANSIENT_STATUSES = [408, 429, 502, 503, 504];

/**
 * How long to wait after a failed attempt before the next one, in milliseconds; `Infinity` to give up.
 *
 * A write buys or terminates something the first time it arrives, and the API has no idempotency key: it is retried only if
 * the server refused it (429) or was never reached.
 *
 * `Retry-After` is a lower bound. More than a minute is too long to block the caller, and retrying sooner would ignore the
 * server: the call fails at once, and its error says how long to wait.
 * @param attempt the number of earlier attempts
 * @param isRead whether the call only reads
 * @param answer the response, if there was one
 * @param isUnsent if there was no response, whether the request certainly never reached the server
 */
export function retryDelay(
  attempt: number,
  isRead: boolean,
  answer: Pick<Answer, "status" | "header"> | undefined,
  isUnsent: boolean,
): number {
  const isTransient = answer
    ? (isRead ? TRANSIENT_STATUSES : [429]).includes(answer.status)
    : isRead || isUnsent;
  if (!isTransient) return Infinity;
  const asked = 1000 * ((answer && retryAfter(answer)) || 0);
  if (asked > MAX_RETRY_AFTER) return Infinity;
  // Full jitter: clients that failed together do not retry together.
  const backOff = Math.random() * Math.min(MAX_WAIT, FIRST_WAIT * 2 ** attempt);
  return Math.max(asked, backOff);
}
