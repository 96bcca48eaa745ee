import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { isOfMock, trailersOf } from "./end-to-end.ts";
import type { Beginning } from "./inspected-copy.ts";

/** The body of a service's answer, with all that leaves beside status and headers. */
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

  /** Half of what has been read. The rest is not asked for. */
  cut(): Buffer {
    this.#answer.destroy();
    const { bytes } = this.#beginning;
    return bytes.subarray(0, Math.ceil(bytes.length / 2));
  }

  /** Sends it on: early hints first, which were kept until it was known that an answer follows. */
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
    // Cut already, while it was inspected: nothing would be heard of it any more.
    if (answer.destroyed) {
      response.destroy();
      return;
    }
    response.write(this.#beginning.bytes);
    answer.once("end", () => this.#end(response));
    // An answer that was cut is cut for the caller too: it would look whole to one who does not count.
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
    // They can only follow a body in chunks, which is what one with an unknown length becomes.
    if (bytes) response.removeHeader("content-length");
    response.write(bytes ?? "");
    response.addTrailers(trailers);
    response.end();
  }
}

/** Only links, which is what they are for. Those that Node does not take are left out: they are only hints. */
function sendHints(response: ServerResponse, hints: IncomingHttpHeaders): void {
  try {
    response.writeEarlyHints({ link: hints.link ?? [] });
  } catch {}
}
