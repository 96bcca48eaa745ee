import { apiError, type CallInfo, EsimConnectionError, EsimTimeoutError } from "../errors.ts";
import { type CallOptions, limitsOf, type Settings } from "../options.ts";
import { buffered } from "./buffered.ts";
import { redactor, rootCause } from "./redact.ts";
import { retryDelay } from "./retry.ts";
import { sleep, TIME_IS_UP, withTimeLimit } from "./time-limit.ts";

/** Options of one call, and perhaps a fetch of its own. */
export type SendOptions = CallOptions & Pick<Settings, "fetch">;

/** An answer, with its body as text. */
export interface Answer {
  readonly response: Response;
  readonly text: string;
}

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
  const { signal, fetch = settings.fetch ?? globalThis.fetch } = options;
  const [timeout, totalTimeout, maxRetries] = limitsOf(options, settings);
  const read = info.method === "GET";
  const end = performance.now() + (totalTimeout || Infinity);
  // Whoever is asked for the keys has as long as an attempt.
  const headers = await withTimeLimit(totalTimeout || timeout || Infinity, signal, () =>
    Promise.all(settings.keys.map((ask) => ask())),
  );
  const redact = redactor(headers);

  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    const limit = Math.max(0, Math.min(timeout || Infinity, end - performance.now()));
    let answer: Answer | undefined;
    let failure: unknown;
    let unsent = false;
    try {
      answer = await withTimeLimit(limit, signal, async (signal) => {
        // A body can be read once, so each attempt sends a copy. Redirects would take the keys along to wherever they lead.
        const copy = new Request(request.clone(), { signal, redirect: "manual" });
        for (const [name, key] of headers) copy.headers.set(name, key);
        const response = await fetch(copy);
        // A success is handed over as it came.
        const clean = response.ok ? String : redact;
        const text = clean(await response.text());
        return { text, response: buffered(response, text, clean) };
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
    const delay = attempt < maxRetries ? retryDelay(attempt, read, answer?.response, unsent) : Infinity;
    if (delay >= end - performance.now()) {
      if (!answer) throw failure;
      // Also a browser's, which hides status and target.
      if (/^[03]/.test(`${answer.response.status}`)) throw apiError(info, answer.response, answer.text);
      return answer;
    }
    await sleep(delay, signal);
  }
}
