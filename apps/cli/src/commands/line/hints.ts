import type { Hints } from "../../hints.ts";

/** The command that shows the line of a SIM. */
export function getLineCommand(sim: string): string {
  return `esim line get ${sim}`;
}

/** What to try after an error of a call about the line of a SIM. */
export function lineHints(sim: string): Hints {
  return {
    written: "the line may have been changed",
    lookUp: getLineCommand(sim),
    byStatus: {
      400: `see the line with \`${getLineCommand(sim)}\``,
      404: "find the SIM with `esim sims list`",
    },
  };
}
