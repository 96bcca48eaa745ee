import { apiError, type CallInfo, EsimConnectionError, EsimTimeoutError } from "../errors.ts";
import { type CallOptions, resolvePolicy, type Settings } from "../options.ts";
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
 * Codes of failures before anything was sent: refused (Bun: ConnectionRefused), no such host, no connection in time; and
 * fetch's word for a port that it does not talk to. A browser has no codes, so there everything counts as sent.
 */
const NEVER_CONNECTED = /refused|notfound|eai_again|connect_timeout|bad port/i;

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
  const { timeout, totalTimeout, maxRetries } = resolvePolicy(options, settings);
  const read = info.method === "GET";
  const end = performance.now() + (totalTimeout || Infinity);
  const headers = await Promise.all(settings.keys.map((ask) => ask()));
  const redact = redactor(headers);

  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    const limit = Math.max(1, Math.min(timeout || Infinity, end - performance.now()));
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
      if (!late && signal?.aborted) throw abortReason(signal, !read);
      const cause = rootCause(error, redact);
      const { code } = cause;
      unsent = NEVER_CONNECTED.test(code ?? cause.message);
      const fields = { outcomeUnknown: !read && !unsent, code, cause };
      failure = late
        ? new EsimTimeoutError(info, `no answer in ${Math.round(limit)} ms`, fields)
        : new EsimConnectionError(
            info,
            `${unsent ? "server not reached" : "connection lost"} [${code ?? cause.message}]`,
            fields,
          );
    }
    const delay = attempt < maxRetries ? retryDelay(attempt, read, answer?.response, unsent) : undefined;
    if (delay === undefined || delay >= end - performance.now()) {
      if (!answer) throw failure;
      refuseRedirect(info, answer);
      return answer;
    }
    await sleep(delay, signal);
  }
}

function refuseRedirect(info: CallInfo, { response, text }: Answer): void {
  // A browser hides status and target.
  const { status, type, headers } = response;
  const location =
    type === "opaqueredirect" ? "another address" : /^3/.test(`${status}`) && headers.get("location");
  if (location) throw apiError(info, response, text, `redirected to ${location}, where the keys do not go`);
}

/**
 * The caller's reason, as fetch would give it. For a write, an AbortError is made anew: it has to say that the outcome is
 * unknown, and the signal's own belongs to every other call that listens to it.
 */
function abortReason({ reason }: AbortSignal, outcomeUnknown: boolean): unknown {
  return outcomeUnknown && reason instanceof DOMException
    ? Object.assign(new DOMException(reason.message, reason.name), { outcomeUnknown })
    : reason;
}
