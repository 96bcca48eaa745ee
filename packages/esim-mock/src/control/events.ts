import type { ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import type { StreamedBody } from "../http/answer.ts";
import { Refusal } from "../http/refusal.ts";
import type { Topics } from "./topics.ts";

/** Headers of an event stream. */
export const EVENT_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
};

/** Many changes at once become one event. */
const GATHERING_MS = 50;

/** How often to look for changes that no request causes, such as a package expiring, while a page is listening. */
const LOOKING_MS = 1_000;

/** Proxies cut idle connections, usually after a minute. */
const HEARTBEAT_MS = 20_000;

/** A comment, which pages ignore. */
const COMMENT = ": still here\n\n";

/** Far more pages than anyone has open; a stream that is never read costs memory. */
const MAX_STREAMS = 100;

/** Users with longer IDs cannot have an account. */
const LONGEST_USER = 128;

/**
 * The server-sent events of one page. The first event has all topics, later ones those that have changed, so a page that reconnects
 * need not know what it missed.
 */
export class EventStream extends Readable implements StreamedBody {
  readonly #read: () => Topics;
  readonly #sent = new Map<string, string>();
  #hasRoom = false;

  constructor(read: () => Topics) {
    super();
    this.#read = read;
  }

  /** Sends what has changed. A slow reader gets the latest state once it can take it, not every state in between. */
  update(): void {
    if (!this.#hasRoom || this.destroyed) return;
    const changed = Object.entries(this.#readOrEnd()).filter(([name, json]) => this.#sent.get(name) !== json);
    if (changed.length === 0) return;
    for (const [name, json] of changed) this.#sent.set(name, json);
    const fields = changed.map(([name, json]) => `${JSON.stringify(name)}:${json}`);
    this.#hasRoom = this.push(`data: {${fields.join(",")}}\n\n`);
  }

  /** Sends a comment, so that the connection does not look dead. */
  beat(): void {
    if (this.#hasRoom && !this.destroyed) this.#hasRoom = this.push(COMMENT);
  }

  /** A topic that cannot be read now, such as from a locked file, ends only the stream: the page reconnects. */
  #readOrEnd(): Topics {
    try {
      return this.#read();
    } catch {
      this.destroy();
      return {};
    }
  }

  sendTo(response: ServerResponse): void {
    // Ends the stream when the caller disconnects, for whatever reason.
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

/** The open streams. Without any, a change costs nothing. */
export class EventStreams {
  readonly #read: (user: string) => Topics;
  readonly #streams = new Set<EventStream>();
  /** The topics as last read, shared by all streams of a user. */
  readonly #looked = new Map<string, Topics>();
  #gathering: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;
  #beating: NodeJS.Timeout | undefined;

  /** @param read reads every topic of a user */
  constructor(read: (user: string) => Topics) {
    this.#read = read;
  }

  /** @throws Refusal for a user ID that is too long (400), or when too many streams are open (503) */
  open(user: string): EventStream {
    if (user.length > LONGEST_USER)
      throw new Refusal(400, `A user ID has at most ${LONGEST_USER} characters; this one has ${user.length}`);
    if (this.#streams.size >= MAX_STREAMS)
      throw new Refusal(503, `${MAX_STREAMS} pages are already listening to this mock: close one`);
    this.#looked.delete(user);
    const stream = new EventStream(() => this.#look(user));
    this.#streams.add(stream);
    stream.once("close", () => this.#forget(stream));
    this.#looking ??= setInterval(() => this.#update(), LOOKING_MS).unref();
    this.#beating ??= setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
    return stream;
  }

  /** Call when something may have changed. */
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
