import { apiError, type CallInfo, EsimConnectionError, EsimTimeoutError } from "../errors.ts";
import type { Policy, Settings } from "../options.ts";
import { buffered } from "./buffered.ts";
import { errorCode, type Redact, redactedCause, redactor } from "./redact.ts";
import { type Outcome, retryDelay } from "./retry.ts";
import { sleep, TIME_IS_UP, withTimeLimit } from "./time-limit.ts";

/** How to make a call. */
export interface Call extends Policy {
  readonly info: CallInfo;
  readonly keys: Settings["keys"];
  readonly fetch: (input: Request) => Promise<Response>;
  readonly signal: AbortSignal | undefined;
}

type Attempt = Outcome &
  ({ response: Response; text: string } | { response?: never; error: EsimConnectionError });

/**
 * Sends a request with the keys on it, as often as the policy allows, and reads the whole answer.
 * Any answer is returned, whatever its status, except a redirect.
 * @throws EsimConnectionError, EsimTimeoutError, EsimApiError for a redirect, or the reason of the caller's signal
 */
export async function send(request: Request, call: Call): Promise<{ response: Response; text: string }> {
  const start = performance.now();
  const timeLeft = () => (call.totalTimeout || Infinity) - (performance.now() - start);
  for (let attempt = 0; ; attempt++) {
    const outcome = await tryOnce(request, call, Math.max(1, Math.min(call.timeout || Infinity, timeLeft())));
    const delay = attempt < call.maxRetries ? retryDelay(outcome, attempt) : undefined;
    if (delay === undefined || delay >= timeLeft()) {
      if (!outcome.response) throw outcome.error;
      refuseRedirect(call.info, outcome.response, outcome.text);
      return outcome;
    }
    await sleep(delay, call.signal);
  }
}

async function tryOnce(request: Request, call: Call, limit: number): Promise<Attempt> {
  const { info, signal } = call;
  const read = info.method === "GET";
  let redact: Redact = String;
  let started = false;
  try {
    return await withTimeLimit(limit, signal, async (attemptSignal) => {
      const keys = await call.keys();
      redact = redactor(keys);
      attemptSignal.throwIfAborted();
      // A body can be read once, so each attempt sends a copy. Redirects would take the keys along to wherever they lead.
      const copy = new Request(request.clone(), { signal: attemptSignal, redirect: "manual" });
      for (const [name, key] of keys) copy.headers.set(name, key);
      started = true;
      const answer = await call.fetch(copy);
      const text = await answer.text();
      if (answer.ok) return { read, text, response: buffered(answer, text) };
      const headers = [...answer.headers].map(([name, value]): [string, string] => [name, redact(value)]);
      return { read, text: redact(text), response: buffered(answer, redact(text), headers) };
    });
  } catch (error) {
    const late = error === TIME_IS_UP;
    if (!late && !started) throw error;
    if (!late && signal?.aborted) throw abortReason(signal, !read);
    const code = errorCode(error);
    const unsent = !started || NEVER_CONNECTED.test(code ?? "");
    const fields = { outcomeUnknown: !read && !unsent, code, cause: redactedCause(error, redact) };
    const said = unsent ? "the server cannot be reached" : "the connection was lost";
    return {
      read,
      unsent,
      error: late
        ? new EsimTimeoutError(info, `no complete answer within ${Math.round(limit)} ms`, fields)
        : new EsimConnectionError(info, code ? `${said} [${code}]` : said, fields),
    };
  }
}

function refuseRedirect(info: CallInfo, response: Response, text: string): void {
  const { status, type, headers } = response;
  // A browser hides where to.
  const location =
    type === "opaqueredirect" ? "another address" : status > 299 && status < 400 && headers.get("location");
  if (!location) return;
  throw apiError(
    info,
    response,
    text,
    `the server redirects to ${location}, where the keys do not go. Check baseUrl`,
  );
}

/**
 * Whether the failure came before anything was sent: refused (Bun: ConnectionRefused), no such host, no connection in time.
 * A browser does not tell, so there everything counts as sent.
 */
const NEVER_CONNECTED = /refused|notfound|eai_again|connect_timeout/i;

/**
 * The caller's reason, as fetch would give it. For a write, an AbortError is made anew: it has to say that the outcome is
 * unknown, and the signal's own belongs to every other call that listens to it.
 */
function abortReason({ reason }: AbortSignal, outcomeUnknown: boolean): unknown {
  if (!outcomeUnknown || !(reason instanceof DOMException)) return reason;
  return Object.assign(new DOMException(reason.message, reason.name), { outcomeUnknown });
}
