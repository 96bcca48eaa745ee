import type { Hints } from "../../hints.ts";

/** What to try if a SIM is not found. */
export const FIND_SIM = "find the SIM with `esim sims list`";

/** Hints for calls about one SIM. */
export const SIM_HINTS: Hints = { byStatus: { 404: FIND_SIM } };
