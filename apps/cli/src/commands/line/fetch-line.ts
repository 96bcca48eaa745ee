import { PCRProfileApi } from "@betatelltd/esim-sdk";
import type { Connected } from "../../connect.ts";
import { withHints } from "../../hints.ts";
import { answeredFor } from "../../listing/answered.ts";
import type { Row } from "../../listing/row.ts";
import { lineHints } from "./hints.ts";
import { SERVICES } from "./reading.ts";

/** How a SIM may use the network: its PCR profile. */
export async function fetchLine({ configuration, call }: Connected, sim: string): Promise<Row> {
  const { data } = await withHints(lineHints(sim), new PCRProfileApi(configuration).getPCRProfile(sim, call));
  return answeredFor(sim, data, "line", ...SERVICES, "wallet_mode");
}
