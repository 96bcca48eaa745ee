import { PCRApi } from "@betatelltd/esim-sdk";
import { wholeNumber } from "../../arguments.ts";
import type { OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { listCommand } from "../../listing/list-command.ts";
import { runList } from "../../listing/run-list.ts";
import { TEMPLATES } from "./columns.ts";

const HELP = {
  description: "list the templates that packages are created from",
  examples: [
    "esim templates list --inventory 51952",
    "esim templates list --sort -data --columns id,name,data,lasts,countries",
  ],
};

const define = () =>
  listCommand("list", HELP, TEMPLATES)
    .alias("ls")
    .option("--inventory <id>", "only templates for this inventory", wholeNumber);

/** `esim templates list`. */
export const list = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: OptionsOf<typeof define>): Promise<void> {
  const { inventory } = options;
  await runList(TEMPLATES, options, async () => {
    const { configuration, call } = await connect(options);
    const api = new PCRApi(configuration);
    return (range) => api.getPackageTemplates({ ...range, inventory }, call);
  });
}
