import { Refusal } from "../http/refusal.ts";
import type { Control } from "./control.ts";

type Read = (control: Control, user: string) => unknown;

/** What the mock's page shows, by topic. */
const ALWAYS: Readonly<Record<string, Read>> = {
  about: (control) => control.about(),
  // Without the time itself, which is different at every reading.
  clock: (control) => ({ ahead: control.readClock().ahead }),
  faults: (control) => control.faults.list(),
  requests: (control) => control.requests.list(),
  drift: (control) => control.drift.report(),
};

/** The same for a stateful mock. */
const WITH_ACCOUNTS: Readonly<Record<string, Read>> = {
  packages: (control, user) => control.packages(user),
  templates: (control, user) => control.templates(user),
  sims: (control, user) => control.freeSims(user),
  lines: (control, user) => control.lines(user),
  accounts: (control) => control.accounts(),
};

/** Topics as JSON, by name. */
export type Topics = Readonly<Record<string, string>>;

/** Reads every topic for a user. One that cannot be read becomes its error message and does not affect the others. */
export class TopicReader {
  readonly #control: Control;
  readonly #kept = new Map<string, Topics>();
  #version: string | undefined;

  constructor(control: Control) {
    this.#control = control;
  }

  read(user: string): Topics {
    return { ...this.#write(ALWAYS, user), ...(this.#control.isStateful && this.#ofAccounts(user)) };
  }

  /** Cached until something is written: an account can be large and is read every second. */
  #ofAccounts(user: string): Topics {
    const version = attempt(() => this.#control.version());
    if (version !== this.#version || typeof version !== "string") this.#kept.clear();
    this.#version = typeof version === "string" ? version : undefined;
    const topics = this.#kept.get(user) ?? this.#write(WITH_ACCOUNTS, user);
    this.#kept.set(user, topics);
    return topics;
  }

  #write(topics: Readonly<Record<string, Read>>, user: string): Topics {
    const texts = Object.entries(topics).map(([name, read]) => [
      name,
      JSON.stringify(attempt(() => read(this.#control, user))),
    ]);
    return Object.fromEntries(texts);
  }
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    return { problem: `The mock failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}
