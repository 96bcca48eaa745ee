import type { Hints } from "../../hints.ts";

/** What to try after an error of a call about one package, or about a SIM's. */
export function hintsFor(about: { readonly id: string } | { readonly sim: string }): Hints {
  if ("sim" in about) {
    const lookUp = `esim packages list --sim ${about.sim}`;
    return {
      lookUp,
      byStatus: {
        404: "check the SIM and the template, and the address with `esim doctor`",
        409: `the SIM has a package already: \`${lookUp}\``,
      },
    };
  }
  return {
    lookUp: `esim packages get ${/^[\w.-]+$/.test(about.id) ? about.id : "ID"}`,
    byStatus: {
      400: "check the values; `esim packages get ID` shows a package's state",
      404: "find the package with `esim packages list --sim ICCID`",
      409: "find the package with `esim packages list --sim ICCID`",
    },
  };
}
