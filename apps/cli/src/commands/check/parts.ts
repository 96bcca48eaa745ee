import { plain } from "../../format/text.ts";
import type { Row } from "../../listing/row.ts";
import { onOrOff, serviceLabel, stateOf } from "../line/reading.ts";
import { activationCodeOf } from "../profile/fetch-profile.ts";
import { profileState } from "../profile/states.ts";

/** Whether data can work, judged by one part of a SIM other than its packages. */
export interface Part {
  /** Whether data can work; `undefined` if unknown. */
  readonly works: boolean | undefined;
  /** The details, in lines. */
  readonly said: readonly string[];
  /** What is wrong, in a few words, and what to do. */
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
    said: ["WAITING_FOR_ASSIGNMENT: not ready for service"],
    problem: { summary: "SIM not ready for service", next: "ask the operator to assign the SIM" },
  },
  PRE_SERVICE: { works: true, said: ["PRE_SERVICE: has not used the network yet"] },
  IN_SERVICE: { works: true, said: ["IN_SERVICE"] },
  TERMINATED: {
    works: false,
    said: ["TERMINATED: can no longer be used"],
    problem: { summary: "SIM is TERMINATED", next: "sell another SIM: esim sell --template ID" },
  },
};

/** The eUICC profile. */
export function profilePart(row: Row, sim: string): Part {
  const state = plain(row.state);
  const known = profileState(row.state);
  if (!known) return { works: undefined, said: [unknown(row.state)] };
  const { works, problem, next } = known;
  const details = `${state}, ${known.meaning}`;
  if (works || !problem || !next) return { works, said: [details] };
  const summary = `profile ${problem}`;
  if (row.state !== "RELEASED") return { works, said: [details], problem: { summary, next: next(sim) } };
  return activationCodeOf(row)
    ? { works, said: [details, `to show its code: esim qr ${sim}`], problem: { summary, next: next(sim) } }
    : {
        works,
        said: [details, "it has no activation code"],
        problem: { summary, next: "ask support for the activation code of this SIM" },
      };
}

/** The line. */
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

/** An unknown or missing state. */
function unknown(state: unknown): string {
  return state === undefined || state === null ? "no state given" : `unknown state ${plain(state)}`;
}
