import { ESIMRSPApi } from "@betatelltd/esim-sdk";
import type { Connected } from "../../connect.ts";
import { type Hints, withHints } from "../../hints.ts";
import { checkAnswerFor } from "../../listing/check-answer.ts";
import type { Row } from "../../listing/row.ts";
import { NO_PROFILE_HINT } from "./hints.ts";

const HINTS: Hints = { byStatus: { 404: NO_PROFILE_HINT } };

/** Fetches the eUICC profile of a SIM, which is what a device downloads. */
export async function fetchProfile({ configuration, call }: Connected, sim: string): Promise<Row> {
  const { data } = await withHints(HINTS, new ESIMRSPApi(configuration).getEUICCProfile(sim, call));
  return checkAnswerFor(sim, data, "eUICC profile", "state", "activation_code");
}

/** The activation code of a profile; `undefined` if it has none. */
export function activationCodeOf(row: Row): string | undefined {
  const { activation_code: code } = row;
  return typeof code === "string" && code.trim() !== "" ? code.trim() : undefined;
}
