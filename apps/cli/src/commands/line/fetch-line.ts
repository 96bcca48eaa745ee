import { PCRProfileApi } from "@betatelltd/esim-sdk";
import type { Connected } from "../../connect.ts";
import { withHints } from "../../hints.ts";
import { checkAnswerFor } from "../../listing/check-answer.ts";
import type { Row } from "../../listing/row.ts";
import { lineHints } from "./hints.ts";
import { SERVICES } from "./reading.ts";

/** Fetches the line of a SIM: its PCR profile, which controls how it may use the network. */
export async function fetchLine({ configuration, call }: Connected, sim: string): Promise<Row> {
  const { data } = await withHints(lineHints(sim), new PCRProfileApi(configuration).getPCRProfile(sim, call));
  return checkAnswerFor(sim, data, "line", ...SERVICES, "wallet_mode");
}
