import type { Colour } from "../../format/values.ts";

/** What a state of a profile means. */
interface State {
  /** In words that follow it. */
  readonly said: string;
  /** What is wrong with it, in words that follow "profile", where data cannot work. */
  readonly problem?: string;
  readonly colour: Colour;
  /** Whether data can work. */
  readonly works: boolean;
  /** What to do where it cannot. */
  readonly next?: (sim: string) => string;
}

const support = "ask support about the profile of this SIM";
const AT_WORK: State = {
  said: "not ready to be downloaded yet",
  problem: "not ready yet",
  colour: "yellow",
  works: false,
  next: () => `${support}: it has to be RELEASED`,
};
const LOST: State = {
  said: "cannot be used any more",
  problem: "cannot be used any more",
  colour: "red",
  works: false,
  next: () => support,
};
const ON_DEVICE = "the traveller switches it on in the settings of the device";

/** The states that we know, in the order in which a profile has them. */
const STATES: Readonly<Record<string, State>> = {
  AVAILABLE: AT_WORK,
  ALLOCATED: AT_WORK,
  LINKED: AT_WORK,
  CONFIRMED: AT_WORK,
  RELEASED: {
    said: "not yet downloaded",
    problem: "not yet downloaded",
    colour: "yellow",
    works: false,
    next: (sim) => `esim qr ${sim}, and the traveller scans the code`,
  },
  DOWNLOADED: {
    said: "not yet installed",
    problem: "not yet installed",
    colour: "yellow",
    works: false,
    next: () => "the traveller finishes the installation on the device",
  },
  INSTALLED: {
    said: "not yet switched on",
    problem: "not yet switched on",
    colour: "yellow",
    works: false,
    next: () => ON_DEVICE,
  },
  ENABLED: { said: "in use on the device", colour: "green", works: true },
  DISABLED: {
    said: "switched off on the device",
    problem: "switched off",
    colour: "red",
    works: false,
    next: () => ON_DEVICE,
  },
  ERROR: {
    said: "its download has failed",
    problem: "could not be downloaded",
    colour: "red",
    works: false,
    next: () => support,
  },
  UNAVAILABLE: LOST,
  DELETED: {
    said: "deleted from the device",
    problem: "deleted",
    colour: "red",
    works: false,
    next: (sim) => `esim profile get ${sim} shows whether it can be downloaded again`,
  },
};

/** What is known of a state; `undefined` for one that is new. */
export function profileState(state: unknown): State | undefined {
  return typeof state === "string" && Object.hasOwn(STATES, state) ? STATES[state] : undefined;
}
