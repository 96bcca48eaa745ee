import type { Colour } from "../../format/values.ts";

const COLOURS: Readonly<Record<string, Colour>> = { ACTIVE: "green", NOT_ACTIVE: "yellow" };

/** The colour of a state, in upper or lower case; `undefined` for an unknown one. */
export function statusColour(status: unknown): Colour | undefined {
  const name = typeof status === "string" ? status.toUpperCase().replace(" ", "_") : "";
  return Object.hasOwn(COLOURS, name) ? COLOURS[name] : undefined;
}
