import { plain } from "../../format/text.ts";
import type { Row } from "../../listing/row.ts";
import { onOrOff, serviceLabel, stateOf } from "../line/reading.ts";
import { activationCodeOf } from "../profile/fetch-profile.ts";
import { profileState } from "../profile/states.ts";

/** What a part of a SIM, other than its packages, says of whether data works. */
export interface Part {
  /** Whether data can work; `undefined` where it does not say. */
  readonly works: boolean | undefined;
  /** All of it, in lines. */
  readonly said: readonly string[];
  /** What is wrong, in a few words, and what to do about it. */
  readonly problem?: { readonly summary: string; readonly next: string };
}

/** The SIM itself. */
export function simPart({ sim_status: status }: Row): Part {
  const known =
    typeof status === "string" && Object.hasOwn(SIM_STATES, status) ? SIM_STATES[status] : undefined;
  return known ?? { works: undefined, said: [unknown(status)] };
}

const SIM_STATES: Readonly<Record<string, Part>> = {
  WAITING_FOR_ASSIGNMENT: {
    works: false,
    said: ["WAITING_FOR_ASSIGNMENT: it is not ready for service"],
    problem: { summary: "SIM not ready for service", next: "ask the operator to assign the SIM" },
  },
  PRE_SERVICE: { works: true, said: ["PRE_SERVICE: it has not used the network yet"] },
  IN_SERVICE: { works: true, said: ["IN_SERVICE"] },
  TERMINATED: {
    works: false,
    said: ["TERMINATED: it works nowhere any more"],
    problem: { summary: "SIM TERMINATED", next: "sell another SIM: esim sell --template ID" },
  },
};

/** What the device downloads. */
export function profilePart(row: Row, sim: string): Part {
  const state = plain(row.state);
  const known = profileState(row.state);
  if (!known) return { works: undefined, said: [unknown(row.state)] };
  const { works, problem, next } = known;
  const words = `${state}, ${known.said}`;
  if (works || !problem || !next) return { works, said: [words] };
  const summary = `profile ${problem}`;
  if (row.state !== "RELEASED") return { works, said: [words], problem: { summary, next: next(sim) } };
  return activationCodeOf(row)
    ? { works, said: [words, `esim qr ${sim} shows its code`], problem: { summary, next: next(sim) } }
    : {
        works,
        said: [words, "it has no activation code"],
        problem: { summary, next: "ask support for the activation code of this SIM" },
      };
}

/** How the SIM may use the network. */
export function linePart(row: Row, sim: string): Part {
  const state = stateOf(row, "data");
  const others = (["voice", "sms"] as const)
    .filter((each) => onOrOff(stateOf(row, each)) === "off")
    .map((each) => `, ${each} off`)
    .join("");
  if (onOrOff(state) === "off") {
    const next = `esim line set ${sim} --data on`;
    const summary = "data is switched off";
    return { works: false, said: [`${summary}${others}`, next], problem: { summary, next } };
  }
  if (onOrOff(state) === "on") return { works: true, said: [`data ${serviceLabel(row, "data")}${others}`] };
  return { works: undefined, said: [`${state === undefined ? "" : "data "}${unknown(state)}${others}`] };
}

/** A state that is new, or left out. */
function unknown(state: unknown): string {
  return state === undefined || state === null
    ? "the service does not say its state"
    : `${plain(state)}, which esim does not know`;
}
