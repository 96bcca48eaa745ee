import { apiError, type CallInfo, EsimConnectionError, EsimTimeoutError } from "../errors.ts";
import { type CallOptions, limitsOf, type Settings } from "../options.ts";
import { type Answer, buffered } from "./buffered.ts";
import { redactor, rootCause } from "./redact.ts";
import { retryDelay } from "./retry.ts";
import { sleep, TIME_IS_UP, withTimeLimit } from "./time-limit.ts";

/** Options of one call, and perhaps a fetch of its own. */
export type SendOptions = CallOptions & Pick<Settings, "fetch">;

/**
 * Codes of failures before anything was sent: refused (Bun: ConnectionRefused), no such host, no connection in time.
 * A browser has no codes, so there everything counts as sent.
 */
const NEVER_CONNECTED = /refused|notfound|eai_again|connect_timeout/i;

/**
 * Sends a request with the keys on it, as often as the policy allows, and reads the whole answer.
 * Any answer is returned, whatever its status, except a redirect.
 * @throws EsimConnectionError, EsimTimeoutError, EsimApiError for a redirect, or the reason of the caller's signal
 */
export async function send(
  request: Request,
  info: CallInfo,
  settings: Settings,
  options: SendOptions,
): Promise<Answer> {
  const { signal, fetch: custom = settings.fetch } = options;
  const [timeout, totalTimeout, maxRetries] = limitsOf(options, settings);
  const read = info.method === "GET";
  const end = performance.now() + (totalTimeout || Infinity);
  // Whoever is asked for the keys has as long as an attempt.
  const keys = await Promise.all(
    settings.keys.map((ask) => ask(totalTimeout || timeout || Infinity, signal)),
  );
  const redact = redactor(keys);
  const headers = new Headers(request.headers);
  for (const [name, key] of keys) headers.set(name, key);

  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    const limit = Math.max(0, Math.min(timeout || Infinity, end - performance.now()));
    let answer: Answer | undefined;
    let failure: unknown;
    let unsent = false;
    try {
      answer = await withTimeLimit(limit, signal, async (signal) => {
        // A body can be read once, so each attempt sends a copy.
        const copy = read ? request : request.clone();
        // Redirects would take the keys along to wherever they lead.
        const init: RequestInit = { headers, signal, redirect: "manual" };
        const response = await (custom ? custom(new Request(copy, init)) : fetch(copy, init));
        return buffered(response, await response.text(), info, redact);
      });
    } catch (error) {
      const late = error === TIME_IS_UP;
      if (!late && signal?.aborted) {
        const { reason } = signal;
        if (read) throw reason;
        // Made anew, because it says more than the signal's own, which belongs to every other call that listens to it.
        throw Object.assign(new DOMException(reason?.message, "AbortError"), {
          cause: reason,
          outcomeUnknown: true,
        });
      }
      const cause = rootCause(error, redact);
      const { code } = cause;
      unsent = NEVER_CONNECTED.test(`${code}`);
      const fields = { outcomeUnknown: !read && !unsent, code, cause };
      const said = late
        ? `no answer in ${limit.toFixed()} ms`
        : `${unsent ? "not reached" : "connection lost"} [${code ?? cause.message}]`;
      failure = new (late ? EsimTimeoutError : EsimConnectionError)(info, said, fields);
    }
    const delay = attempt < maxRetries ? retryDelay(attempt, read, answer, unsent) : Infinity;
    if (delay >= end - performance.now()) {
      if (!answer) throw failure;
      // Also a browser's, which hides status and target.
      if (/^[03]/.test(`${answer.status}`)) throw apiError(info, answer, await answer.text());
      return answer;
    }
    await sleep(delay, signal);
  }
}
