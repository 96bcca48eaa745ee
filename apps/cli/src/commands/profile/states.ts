import type { Colour } from "../../format/values.ts";

/** What the state of a profile means. */
interface State {
  /** In words, to follow the state. */
  readonly meaning: string;
  /** If data cannot work: the problem in words, to follow "profile". */
  readonly problem?: string;
  readonly colour: Colour;
  /** Whether data can work. */
  readonly works: boolean;
  /** What to do if it cannot. */
  readonly next?: (sim: string) => string;
}

const ASK_SUPPORT = "ask support about the profile of this SIM";
const IN_PREPARATION: State = {
  meaning: "not ready to be downloaded yet",
  problem: "not ready yet",
  colour: "yellow",
  works: false,
  next: () => `${ASK_SUPPORT}: it must be RELEASED`,
};
const UNUSABLE: State = {
  meaning: "can no longer be used",
  problem: "can no longer be used",
  colour: "red",
  works: false,
  next: () => ASK_SUPPORT,
};
const SWITCH_ON = "have the traveller switch the eSIM on in the settings of the device";

/** The known states, in the order of a profile's life. */
const STATES: Readonly<Record<string, State>> = {
  AVAILABLE: IN_PREPARATION,
  ALLOCATED: IN_PREPARATION,
  LINKED: IN_PREPARATION,
  CONFIRMED: IN_PREPARATION,
  RELEASED: {
    meaning: "not yet downloaded",
    problem: "not yet downloaded",
    colour: "yellow",
    works: false,
    next: (sim) => `esim qr ${sim}, and have the traveller scan the code`,
  },
  DOWNLOADED: {
    meaning: "not yet installed",
    problem: "not yet installed",
    colour: "yellow",
    works: false,
    next: () => "have the traveller finish the installation on the device",
  },
  INSTALLED: {
    meaning: "not yet switched on",
    problem: "not yet switched on",
    colour: "yellow",
    works: false,
    next: () => SWITCH_ON,
  },
  ENABLED: { meaning: "in use on the device", colour: "green", works: true },
  DISABLED: {
    meaning: "switched off on the device",
    problem: "switched off",
    colour: "red",
    works: false,
    next: () => SWITCH_ON,
  },
  ERROR: {
    meaning: "its download failed",
    problem: "could not be downloaded",
    colour: "red",
    works: false,
    next: () => ASK_SUPPORT,
  },
  UNAVAILABLE: UNUSABLE,
  DELETED: {
    meaning: "deleted from the device",
    problem: "deleted",
    colour: "red",
    works: false,
    next: (sim) => `esim profile get ${sim}, to see whether it can be downloaded again`,
  },
};

/** The meaning of a state; `undefined` for an unknown one. */
export function profileState(state: unknown): State | undefined {
  return typeof state === "string" && Object.hasOwn(STATES, state) ? STATES[state] : undefined;
}
