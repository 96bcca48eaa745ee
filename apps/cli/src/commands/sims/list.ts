import { InventoryApi } from "@betatelltd/esim-sdk";
import { wholeNumber } from "../../arguments.ts";
import type { OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { listCommand } from "../../listing/list-command.ts";
import { runList } from "../../listing/run-list.ts";
import { SIMS } from "./columns.ts";

const HELP = {
  description: "list SIMs",
  examples: [
    "esim sims list --inventory 51952",
    "esim sims list --group 1001 --columns iccid,status,imsi",
    "esim sims list --all --csv > sims.csv",
  ],
};

const define = () =>
  listCommand("list", HELP, SIMS)
    .alias("ls")
    .option("--inventory <id>", "only SIMs in this inventory", wholeNumber)
    .option("--group <id>", "only SIMs in this group", wholeNumber);

/** `esim sims list`. */
export const list = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: OptionsOf<typeof define>): Promise<void> {
  const { group, inventory } = options;
  await runList(SIMS, options, async () => {
    const { configuration, call } = await connect(options);
    const api = new InventoryApi(configuration);
    return (range) => api.getESIMs({ ...range, group, inventory }, call);
  });
}
