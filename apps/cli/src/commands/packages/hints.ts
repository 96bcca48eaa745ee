import { shellWord } from "../../format/text.ts";
import type { Hints } from "../../hints.ts";

/** The command that shows a package. An ID that cannot be quoted safely for a shell is left out. */
export function getCommand(id: string): string {
  return `esim packages get ${shellWord(id) ?? "ID"}`;
}

/** The command that shows the packages of a SIM. */
export function listCommand(sim: string): string {
  return `esim packages list --sim ${sim}`;
}

/** Hints for calls about one package. @param written what a write does to it, such as `activated` */
export function packageHints(id: string, written?: string): Hints {
  return {
    ...(written && { written: `the package may have been ${written}` }),
    lookUp: getCommand(id),
    byStatus: {
      400: `see the package's state with \`${getCommand(id)}\``,
      404: "find the package with `esim packages list --sim ICCID`",
    },
  };
}

/** Hints for calls about the packages of a SIM. */
export function simHints(sim: string, written?: string): Hints {
  return {
    ...(written && { written: `the package may have been ${written}` }),
    lookUp: listCommand(sim),
    byStatus: {
      400: `check the SIM with \`esim check ${sim}\`, and the template with \`esim templates list\``,
      404: "check the SIM and the template, and the address with `esim doctor`",
      409: `the SIM already has a package: see it with \`${listCommand(sim)}\``,
    },
  };
}
