import type { ConnectionOptions } from "../options.ts";
import type { Answer } from "./answer.ts";
import { type Attempt, type Exchange, hasBytes, tooLong, type WireRequest } from "./exchange.ts";
import { initFor, isUnsentError, watchConnections } from "./runtime.ts";

/** Sends over the caller's `fetch`, or over the global one at the time of the call. */
export function overFetch(custom: ConnectionOptions["fetch"]): Exchange {
  return async (wire, attempt) => {
    watchConnections();
    attempt.isUnsent = () => true;
    const controller = new AbortController();
    attempt.onEnd(() => controller.abort());
    const [request, init] = makeRequest(wire, controller.signal);
    attempt.isUnsent = isUnsentError;
    // Both arguments are complete: a wrapper may pass on either one, and may have consumed the Request's body.
    const response = await (custom ? custom(request) : fetch(request, init()));
    return readAnswer(wire, response, attempt);
  };
}

/** Options that a platform may reject: jsdom's signals are not Node's, and early workerd has no `cache`. */
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

async function readAnswer(
  wire: WireRequest,
  response: Response,
  { maxResponseBytes }: Attempt,
): Promise<Answer> {
  const { status, statusText, headers } = response;
  const body = await readBody(response, maxResponseBytes, hasBytes(wire, status));
  return {
    status,
    statusText,
    text: "",
    flaw: body === undefined ? tooLong(maxResponseBytes) : undefined,
    ...body,
    header: (name) => headers.get(name) ?? undefined,
    headers: () => [...headers],
  };
}

type Body = Pick<Answer, "text" | "bytes">;

/** The body, or `undefined` if it is too long. */
async function readBody(response: Response, maxBytes: number, isBinary: boolean): Promise<Body | undefined> {
  // React Native has no streams.
  if (!response.body)
    return isBinary
      ? { text: "", bytes: new Uint8Array(await response.arrayBuffer()) }
      : { text: await response.text() };
  if (Number(response.headers.get("content-length")) > maxBytes) {
    response.body.cancel().catch(() => {});
    return undefined;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const chunks: Uint8Array[] = [];
  let text = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return isBinary ? { text, bytes: joined(chunks, length) } : { text: text + decoder.decode() };
    length += value.length;
    if (length > maxBytes) {
      reader.cancel().catch(() => {});
      return undefined;
    }
    if (isBinary) chunks.push(value);
    else text += decoder.decode(value, { stream: true });
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
