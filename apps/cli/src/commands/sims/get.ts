import { iccid, milliseconds } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { show } from "../../drawing.ts";
import { plain } from "../../format/text.ts";
import { colour } from "../../format/values.ts";
import { entityLabel } from "../../listing/cells.ts";
import { detailsText, type Fields, momentOf } from "../../listing/details.ts";
import { asRow } from "../../listing/row.ts";
import { fetchSim } from "./fetch-sim.ts";
import { statusColour } from "./status.ts";

const define = () =>
  command("get", {
    description: "show a SIM: its status, inventory, group and IMSIs",
    examples: ["esim sims get 8910300000045681955", "esim sims get 8910 3000 0004 5681 955 --json"],
  })
    .alias("show")
    .argument("<iccid>", "the SIM's ICCID, with or without spaces", iccid)
    .option("--watch <duration>", "refresh at this interval, such as 5s", milliseconds);

/** `esim sims get`. */
export const get = () => define().action((sim, _, self) => run(sim, self.optsWithGlobals()));

const FIELDS: Fields = {
  iccid: ["ICCID", (row) => plain(row.iccid)],
  sim_status: [
    "Status",
    (row, { isColoured }) => colour(plain(row.sim_status), statusColour(row.sim_status), isColoured),
  ],
  inventory: ["Inventory", ({ inventory }) => entityLabel(inventory)],
  group: ["Group", (row) => entityLabel(row.group)],
  company: ["Company", ({ company }) => entityLabel(company)],
  provisioned_date: ["Provisioned", momentOf("provisioned_date")],
  created_date: ["Created", momentOf("created_date")],
  modified_date: ["Modified", momentOf("modified_date")],
  terminated_date: ["Terminated", momentOf("terminated_date")],
  mapped_imsi: ["IMSI in use", (row) => plain(row.mapped_imsi)],
  imsis: ["IMSIs", ({ imsis }) => (Array.isArray(imsis) ? imsisLabel(imsis) : plain(imsis))],
};

function imsisLabel(imsis: readonly unknown[]): string {
  const all = imsis.map(asRow).map(({ imsi, sponsor_id: sponsor }) => {
    return sponsor === undefined ? plain(imsi) : `${plain(imsi)} (sponsor ${plain(sponsor)})`;
  });
  return all.length > 0 ? all.join("\n") : plain(undefined);
}

async function run(sim: string, options: OptionsOf<typeof define>): Promise<void> {
  const connected = await connect(options);
  await show(options, async () => ({
    text: detailsText(await fetchSim(connected, sim), FIELDS, "iccid", options),
  }));
}
