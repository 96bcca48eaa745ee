import { iccid, milliseconds } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { show } from "../../drawing.ts";
import { plain } from "../../format/text.ts";
import { colour, number } from "../../format/values.ts";
import { detailsText, type Fields, momentOf } from "../../listing/details.ts";
import { asRow, type Row } from "../../listing/row.ts";
import { fetchProfile } from "./fetch-profile.ts";
import { profileState } from "./states.ts";

const define = () =>
  command("get", {
    description: "show the eUICC profile of a SIM: state, activation code, downloads left",
    examples: ["esim profile get 8910300000045681955", "esim profile get 8910300000045681955 --watch 5s"],
  })
    .alias("show")
    .argument("<iccid>", "the SIM's ICCID, with or without spaces", iccid)
    .option("--watch <duration>", "refresh at this interval, such as 5s", milliseconds);

/** `esim profile get`. */
export const get = () => define().action((sim, _, self) => run(sim, self.optsWithGlobals()));

const FIELDS: Fields = {
  iccid: ["ICCID", (row) => plain(row.iccid)],
  state: ["State", (row, { isColoured }) => stateLabel(row, isColoured)],
  activation_code: ["Activation code", (row) => plain(row.activation_code)],
  cc_required: ["Confirmation code", (row) => yesOrNo(row.cc_required, "required", "not required")],
  cc_retries: ["Wrong code entries", (row) => number(row.cc_retries)],
  eid: ["EID", ({ eid }) => plain(eid)],
  reuse_enabled: ["Repeat downloads", (row) => yesOrNo(row.reuse_enabled, "allowed", "not allowed")],
  reuse_remaining_count: ["Downloads left", downloadsLeft],
  profile_reuse_policy: ["Reuse policy", (row) => policyLabel(row.profile_reuse_policy)],
  release_date: ["Released", momentOf("release_date")],
  last_operation_date: ["Last change", momentOf("last_operation_date")],
  imsi: ["IMSI", ({ imsi }) => plain(imsi)],
};

function stateLabel({ state }: Row, isColoured: boolean): string {
  const known = profileState(state);
  return colour(plain(state), known?.colour, isColoured) + (known ? `: ${known.meaning}` : "");
}

function yesOrNo(value: unknown, yes: string, no: string): string {
  return typeof value === "boolean" ? (value ? yes : no) : plain(value);
}

function downloadsLeft(row: Row): string {
  const { max_count: most } = asRow(row.profile_reuse_policy);
  return number(row.reuse_remaining_count) + (most === undefined ? "" : ` of ${number(most)}`);
}

const REUSE: Readonly<Record<string, string>> = {
  SAME_EID: "on the same device",
  SAME_EID_MID: "on the same device",
  NEW_EID: "also on another device",
  NEW_EID_MID: "also on another device",
};

function policyLabel(policy: unknown): string {
  const { reuse_type: type } = asRow(policy);
  if (typeof type !== "string") return plain(policy);
  return plain(type) + (Object.hasOwn(REUSE, type) ? `: ${REUSE[type]}` : "");
}

async function run(sim: string, options: OptionsOf<typeof define>): Promise<void> {
  const connected = await connect(options);
  await show(options, async () => ({
    text: detailsText(await fetchProfile(connected, sim), FIELDS, "iccid", options),
  }));
}
