import { ESIMRSPApi } from "@betatelltd/esim-sdk";
import type { Connected } from "../../connect.ts";
import { type Hints, withHints } from "../../hints.ts";
import { answeredFor } from "../../listing/answered.ts";
import type { Row } from "../../listing/row.ts";

const HINTS: Hints = {
  byStatus: { 404: "it may be a SIM without an eUICC profile; find SIMs with `esim sims list`" },
};

/** The eUICC profile of a SIM, which is what a device downloads. */
export async function fetchProfile({ configuration, call }: Connected, sim: string): Promise<Row> {
  const { data } = await withHints(HINTS, new ESIMRSPApi(configuration).getEUICCProfile(sim, call));
  return answeredFor(sim, data, "eUICC profile", "state", "activation_code");
}

/** The activation code of a profile; `undefined` where there is none. */
export function activationCodeOf(row: Row): string | undefined {
  const { activation_code: code } = row;
  return typeof code === "string" && code.trim() !== "" ? code.trim() : undefined;
}
