import { Refusal } from "../http/refusal.ts";
import type { Control } from "./control.ts";

type Read = (control: Control, user: string) => unknown;

/** What a page about the mock shows, by topic. */
const ALWAYS: Readonly<Record<string, Read>> = {
  about: (control) => control.about(),
  // Without the time itself, which would be another one at each look.
  clock: (control) => ({ ahead: control.readClock().ahead }),
  faults: (control) => control.faults.list(),
  requests: (control) => control.requests.list(),
  drift: (control) => control.drift.report(),
};

/** The same for a mock that keeps accounts. */
const WITH_ACCOUNTS: Readonly<Record<string, Read>> = {
  packages: (control, user) => control.packages(user),
  templates: (control) => control.templates(),
  sims: (control, user) => control.freeSims(user),
  accounts: (control) => control.accounts(),
};

/** Reads every topic for a user. One that cannot be read says why, and does not keep the others back. */
export function readTopics(control: Control, user: string): Record<string, unknown> {
  const { isStateful } = control.readClock();
  const topics = Object.entries({ ...ALWAYS, ...(isStateful && WITH_ACCOUNTS) });
  return Object.fromEntries(topics.map(([name, read]) => [name, attempt(() => read(control, user))]));
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    return { problem: `The mock failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}
