import type { ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import type { StreamedBody } from "../http/answer.ts";
import { Refusal } from "../http/refusal.ts";
import type { Topics } from "./topics.ts";

/** Headers of an answer that is a stream of events. */
export const EVENT_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
};

/** Many changes at once become one event. */
const GATHERING_MS = 50;

/** What no request causes, such as that a package expires, is looked for this often while somebody listens. */
const LOOKING_MS = 1_000;

/** Proxies cut a connection on which nothing comes, usually after a minute. */
const HEARTBEAT_MS = 20_000;

/** What pages pass over. */
const COMMENT = ": still here\n\n";

/** Far more pages than anybody has open; a stream that is never read costs memory. */
const MAX_STREAMS = 100;

/** Longer user IDs have no account. */
const LONGEST_USER = 128;

/**
 * One page's server-sent events. Each has the topics that have changed since the last one, and the first has all of them, so that a
 * page that connects again need not know what it missed.
 */
export class EventStream extends Readable implements StreamedBody {
  readonly #read: () => Topics;
  readonly #sent = new Map<string, string>();
  #hasRoom = false;

  constructor(read: () => Topics) {
    super();
    this.#read = read;
  }

  /** Sends what has changed. A page that is slow to read gets the latest state once it can take it, not each one before. */
  update(): void {
    if (!this.#hasRoom || this.destroyed) return;
    const changed = Object.entries(this.#readOrEnd()).filter(([name, json]) => this.#sent.get(name) !== json);
    if (changed.length === 0) return;
    for (const [name, json] of changed) this.#sent.set(name, json);
    const fields = changed.map(([name, json]) => `${JSON.stringify(name)}:${json}`);
    this.#hasRoom = this.push(`data: {${fields.join(",")}}\n\n`);
  }

  /** Sends what pages pass over, so that the connection is not taken for a dead one. */
  beat(): void {
    if (this.#hasRoom && !this.destroyed) this.#hasRoom = this.push(COMMENT);
  }

  /** What cannot be read now, such as a locked file, ends the stream and nothing else: the page connects again. */
  #readOrEnd(): Topics {
    try {
      return this.#read();
    } catch {
      this.destroy();
      return {};
    }
  }

  sendTo(response: ServerResponse): void {
    // Ends the stream when the caller goes, however that happens.
    pipeline(this, response, () => {});
  }

  cut(): string {
    this.destroy();
    return "";
  }

  override _read(): void {
    this.#hasRoom = true;
    this.update();
  }
}

/** The streams that are open. Without any, a change costs nothing. */
export class EventStreams {
  readonly #read: (user: string) => Topics;
  readonly #streams = new Set<EventStream>();
  /** What was read at the last look, for all streams of a user. */
  readonly #looked = new Map<string, Topics>();
  #gathering: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;
  #beating: NodeJS.Timeout | undefined;

  /** @param read every topic of a user's */
  constructor(read: (user: string) => Topics) {
    this.#read = read;
  }

  /** @throws Refusal for a user ID that is too long (400), and when too many streams are open (503) */
  open(user: string): EventStream {
    if (user.length > LONGEST_USER)
      throw new Refusal(400, `A user ID has at most ${LONGEST_USER} characters, and this one ${user.length}`);
    if (this.#streams.size >= MAX_STREAMS)
      throw new Refusal(503, `${MAX_STREAMS} pages listen to this mock already: close one`);
    this.#looked.delete(user);
    const stream = new EventStream(() => this.#look(user));
    this.#streams.add(stream);
    stream.once("close", () => this.#forget(stream));
    this.#looking ??= setInterval(() => this.#update(), LOOKING_MS).unref();
    this.#beating ??= setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
    return stream;
  }

  /** Something may have changed. */
  changed(): void {
    if (this.#streams.size === 0) return;
    this.#gathering ??= setTimeout(() => this.#update(), GATHERING_MS).unref();
  }

  #update(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#looked.clear();
    for (const stream of this.#streams) stream.update();
  }

  #look(user: string): Topics {
    const topics = this.#looked.get(user) ?? this.#read(user);
    this.#looked.set(user, topics);
    return topics;
  }

  #beat(): void {
    for (const stream of this.#streams) stream.beat();
  }

  #forget(stream: EventStream): void {
    this.#streams.delete(stream);
    this.#looked.clear();
    if (this.#streams.size > 0) return;
    clearInterval(this.#looking);
    clearInterval(this.#beating);
    this.#looking = undefined;
    this.#beating = undefined;
  }
}
