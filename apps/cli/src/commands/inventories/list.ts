import { InventoryApi } from "@betatelltd/esim-sdk";
import { wholeNumber } from "../../arguments.ts";
import type { OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { listCommand } from "../../listing/list-command.ts";
import { runList } from "../../listing/run-list.ts";
import { INVENTORIES } from "./columns.ts";

const HELP = {
  description: "list inventories, with nested ones below their parent",
  examples: ["esim inventories list", "esim inventories list --sort name --columns id,name,parent"],
};

const define = () =>
  listCommand("list", HELP, INVENTORIES)
    .alias("ls")
    .option("--company <id>", "only inventories of this company", wholeNumber);

/** `esim inventories list`. */
export const list = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: OptionsOf<typeof define>): Promise<void> {
  const { company } = options;
  await runList(INVENTORIES, options, async () => {
    const { configuration, call } = await connect(options);
    const api = new InventoryApi(configuration);
    return (range) => api.getInventories({ ...range, company }, call);
  });
}
