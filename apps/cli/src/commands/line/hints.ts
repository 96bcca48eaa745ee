import type { Hints } from "../../hints.ts";
import { FIND_SIM } from "../sims/hints.ts";

/** The command that shows the line of a SIM. */
export function getLineCommand(sim: string): string {
  return `esim line get ${sim}`;
}

/** Hints for calls about the line of a SIM. */
export function lineHints(sim: string): Hints {
  return {
    written: "the line may have been changed",
    lookUp: getLineCommand(sim),
    byStatus: {
      400: `see the line with \`${getLineCommand(sim)}\``,
      404: FIND_SIM,
    },
  };
}
