import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { isOfMock, trailersOf } from "./end-to-end.ts";
import type { Beginning } from "./inspected-copy.ts";

/** The body of a service's answer, with early hints and trailers. */
export class PassedBody {
  readonly #beginning: Beginning;
  readonly #answer: IncomingMessage;
  readonly #earlyHints: readonly IncomingHttpHeaders[];

  /** @param beginning what has been read of the answer */
  constructor(beginning: Beginning, answer: IncomingMessage, earlyHints: readonly IncomingHttpHeaders[]) {
    this.#beginning = beginning;
    this.#answer = answer;
    this.#earlyHints = earlyHints;
  }

  /** Half of what has been read. The rest is not read. */
  cut(): Buffer {
    this.#answer.destroy();
    const { bytes } = this.#beginning;
    return bytes.subarray(0, Math.ceil(bytes.length / 2));
  }

  /** Forwards it: early hints first, which were held back until the answer arrived. */
  sendTo(response: ServerResponse): void {
    const { bytes, hasMore } = this.#beginning;
    const { statusMessage = "" } = this.#answer;
    for (const hints of this.#earlyHints) sendHints(response, hints);
    if (/^[\t\x20-\x7e\x80-\xff]+$/.test(statusMessage)) response.statusMessage = statusMessage;
    if (hasMore) this.#sendRest(response);
    else this.#end(response, bytes);
  }

  #sendRest(response: ServerResponse): void {
    const answer = this.#answer;
    // Already cut during the inspection: no further event would come.
    if (answer.destroyed) {
      response.destroy();
      return;
    }
    response.write(this.#beginning.bytes);
    answer.once("end", () => this.#end(response));
    // Cut for the caller too: otherwise it would look complete to a client that does not check the length.
    answer.once("close", () => {
      if (!answer.complete) response.destroy();
    });
    answer.pipe(response, { end: false });
  }

  #end(response: ServerResponse, bytes?: Buffer): void {
    const trailers = trailersOf(this.#answer).filter(([name]) => !isOfMock(name));
    if (trailers.length === 0) {
      response.end(bytes);
      return;
    }
    // Trailers can only follow a chunked body, which Node sends when the length is unknown.
    if (bytes) response.removeHeader("content-length");
    response.write(bytes ?? "");
    response.addTrailers(trailers);
    response.end();
  }
}

/** Only links, which early hints are for, and only those that Node accepts. */
function sendHints(response: ServerResponse, hints: IncomingHttpHeaders): void {
  try {
    response.writeEarlyHints({ link: hints.link ?? [] });
  } catch {}
}
