import type { Colour } from "../../format/values.ts";

const COLOURS: Readonly<Record<string, Colour>> = { ACTIVE: "green", NOT_ACTIVE: "yellow" };

/** The colour of a state, in any case; `undefined` for one that we do not know. */
export function statusColour(status: unknown): Colour | undefined {
  const name = typeof status === "string" ? status.toUpperCase().replace(" ", "_") : "";
  return Object.hasOwn(COLOURS, name) ? COLOURS[name] : undefined;
}
