import type { ConnectionOptions } from "../options.ts";
import type { Answer } from "./answer.ts";
import { type Attempt, type Exchange, tooLong, type WireRequest } from "./exchange.ts";
import { initFor, isUnsentError, watchConnections } from "./runtime.ts";

/** Sends over a `fetch` of the caller's, or over the global one as it is at that moment. */
export function overFetch(custom: ConnectionOptions["fetch"]): Exchange {
  return async (wire, attempt) => {
    watchConnections();
    attempt.isUnsent = () => true;
    const controller = new AbortController();
    attempt.onEnd(() => controller.abort());
    const [request, init] = makeRequest(wire, controller.signal);
    attempt.isUnsent = isUnsentError;
    // Both are complete: what stands in between may pass on the one or the other, and may have read the one up.
    const response = await (custom ? custom(request) : fetch(request, init()));
    return readAnswer(response, attempt);
  };
}

/** What a platform may refuse: jsdom's signals are not Node's, and early workerd has no `cache`. */
const OPTIONAL: readonly (keyof RequestInit)[][] = [[], ["signal"], ["cache"], ["signal", "cache"]];

function makeRequest(wire: WireRequest, signal: AbortSignal): [Request, () => RequestInit] {
  let refused: unknown;
  for (const omitted of OPTIONAL) {
    const init = () => {
      const all: RequestInit = { ...initFor(wire), redirect: "manual", cache: "no-store", signal };
      for (const name of omitted) delete all[name];
      return all;
    };
    try {
      return [new Request(wire.url, init()), init];
    } catch (error) {
      refused ??= error;
    }
  }
  throw refused;
}

async function readAnswer(response: Response, { maxResponseBytes }: Attempt): Promise<Answer> {
  const { status, statusText, headers } = response;
  const text = await readText(response, maxResponseBytes);
  return {
    status,
    statusText,
    text: text ?? "",
    flaw: text === undefined ? tooLong(maxResponseBytes) : undefined,
    header: (name) => headers.get(name) ?? undefined,
    headers: () => [...headers],
  };
}

/** The body, or `undefined` when it is too long. */
async function readText(response: Response, most: number): Promise<string | undefined> {
  // React Native has no streams.
  if (!response.body) return response.text();
  if (Number(response.headers.get("content-length")) > most) {
    response.body.cancel().catch(() => {});
    return undefined;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > most) {
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
