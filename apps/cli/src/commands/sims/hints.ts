import type { Hints } from "../../hints.ts";

/** What to try after an error of a call about one SIM. */
export const SIM_HINTS: Hints = { byStatus: { 404: "find the SIM with `esim sims list`" } };
