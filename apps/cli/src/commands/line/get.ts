import { iccid, milliseconds } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { show } from "../../drawing.ts";
import { plain } from "../../format/text.ts";
import { colour } from "../../format/values.ts";
import { detailsText, type Fields, type Line } from "../../listing/details.ts";
import { asRow } from "../../listing/row.ts";
import { fetchLine } from "./fetch-line.ts";
import { onOrOff, type Service, serviceLabel, stateOf, walletLabel } from "./reading.ts";

const define = () =>
  command("get", {
    description: "show the line of a SIM: data and its speed, voice, SMS, wallet",
    examples: ["esim line get 8910300000045681955", "esim line get 8910 3000 0004 5681 955 --json"],
  })
    .alias("show")
    .argument("<iccid>", "the SIM's ICCID, with or without spaces", iccid)
    .option("--watch <duration>", "refresh at this interval, such as 5s", milliseconds);

/** `esim line get`. */
export const get = () => define().action((sim, _, self) => run(sim, self.optsWithGlobals()));

const FIELDS: Fields = {
  sim: ["SIM", ({ sim }) => plain(sim)],
  data: ["Data", service("data")],
  voice: ["Voice", service("voice")],
  sms: ["SMS", service("sms")],
  wallet_mode: ["Wallet", walletLabel],
  wallets: ["Wallets", ({ wallets }) => (Array.isArray(wallets) ? walletsLabel(wallets) : plain(wallets))],
  route_policy: ["Route policy", (row) => plain(row.route_policy)],
};

function service(name: Service): Line {
  return (row, { isColoured }) => {
    const switched = onOrOff(stateOf(row, name));
    return colour(serviceLabel(row, name), switched === "off" ? "red" : undefined, isColoured);
  };
}

/** One per line: `99612820 (GROUP): 250.5`. */
function walletsLabel(wallets: readonly unknown[]): string {
  const all = wallets.map(asRow).map(({ id, wallet_type: type, balance, overdraft }) => {
    const below = overdraft ? `, overdraft ${plain(overdraft)}` : "";
    return `${plain(id)} (${plain(type)}): ${balance === 0 ? "0" : plain(balance)}${below}`;
  });
  return all.length > 0 ? all.join("\n") : plain(undefined);
}

async function run(sim: string, options: OptionsOf<typeof define>): Promise<void> {
  const connected = await connect(options);
  await show(options, async () => {
    const row = await fetchLine(connected, sim);
    // The answer may not contain the ICCID.
    if (options.quiet && !options.json) return { text: `${sim}\n` };
    return { text: detailsText(row, FIELDS, "sim", options) };
  });
}
