import { apiError, type CallInfo, NO_JSON } from "../errors.ts";
import type { Redact } from "./redact.ts";

/** An answer whose body was read, and which call it answers. */
export type Answer = Response & { readonly info: CallInfo };

/**
 * The same answer, whose body was read as `text` and can be read again, as often as one likes. It is laid over, not made anew: that would
 * take as long as all else that this client does, and `Response` cannot be constructed with every status that there is.
 */
export function buffered(answer: Response, text: string, info: CallInfo, redact: Redact): Answer {
  // A success is handed over as it came.
  const body = answer.ok ? text : redact(text);
  if (!answer.ok) {
    const headers = new Headers();
    for (const [name, value] of answer.headers) headers.append(name, redact(value));
    Object.defineProperty(answer, "headers", { value: headers });
  }
  const again = () => new Response(body);
  Object.defineProperty(answer, "body", { get: () => again().body });
  return Object.assign(answer, {
    info,
    arrayBuffer: () => again().arrayBuffer(),
    blob: () => again().blob(),
    clone: () => answer,
    text: async () => body,
    async json() {
      try {
        return JSON.parse(body);
      } catch {
        // A login page, or a truncated answer.
        throw apiError(info, answer, body, NO_JSON);
      }
    },
  });
}
