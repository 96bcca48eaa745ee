import type { Colour } from "../../format/values.ts";

const COLOURS: Readonly<Record<string, Colour>> = {
  WAITING_FOR_ASSIGNMENT: "yellow",
  PRE_SERVICE: "yellow",
  IN_SERVICE: "green",
  TERMINATED: "dim",
};

/** The colour of a state; `undefined` for an unknown one. */
export function statusColour(status: unknown): Colour | undefined {
  return typeof status === "string" && Object.hasOwn(COLOURS, status) ? COLOURS[status] : undefined;
}
