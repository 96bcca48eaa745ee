import { InventoryApi } from "@betatelltd/esim-sdk";
import type { Connected } from "../../connect.ts";
import { withHints } from "../../hints.ts";
import { checkAnswerFor } from "../../listing/check-answer.ts";
import type { Row } from "../../listing/row.ts";
import { SIM_HINTS } from "./hints.ts";

/** Fetches a SIM, with its state and what it belongs to. */
export async function fetchSim({ configuration, call }: Connected, sim: string): Promise<Row> {
  const { data } = await withHints(SIM_HINTS, new InventoryApi(configuration).getESIM(sim, call));
  return checkAnswerFor(sim, data, "SIM", "iccid", "sim_status");
}
