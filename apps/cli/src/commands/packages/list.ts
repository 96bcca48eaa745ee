import { Option } from "@commander-js/extra-typings";
import { iccid, STATE_CHOICES, state, wholeNumber } from "../../arguments.ts";
import type { OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { listCommand } from "../../listing/list-command.ts";
import { runList } from "../../listing/run-list.ts";
import { PACKAGES } from "./columns.ts";

const HELP = {
  description: "list packages",
  examples: [
    "esim packages list",
    "esim packages list --sim 8910300000045681955 --status active",
    "esim packages list --sort expires --columns id,sim,data,expires",
    "esim packages list --all --csv > packages.csv",
  ],
};

const define = () =>
  listCommand("list", HELP, PACKAGES)
    .alias("ls")
    .option("--inventory <id>", "only packages of SIMs in this inventory", wholeNumber)
    .option("--template <id>", "only packages of this template", wholeNumber)
    .option("--sim <iccid>", "only packages of this SIM", iccid)
    .addOption(
      new Option("--status <state>", "only packages in this state").choices(STATE_CHOICES).argParser(state),
    );

/** `esim packages list`. */
export const list = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: OptionsOf<typeof define>): Promise<void> {
  const { inventory, template: packageTemplate, sim, status } = options;
  await runList(PACKAGES, options, async () => {
    const { api, call } = await connect(options);
    return (range) => api.getPackages({ ...range, inventory, packageTemplate, sim, status }, call);
  });
}
