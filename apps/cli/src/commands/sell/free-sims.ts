import { EsimApiError, InventoryApi } from "@betatelltd/esim-sdk";
import { asIccid } from "../../arguments.ts";
import type { Connected } from "../../connect.ts";
import { plain } from "../../format/text.ts";
import { withHints } from "../../hints.ts";
import { asRow, type Row } from "../../listing/row.ts";
import { packagesOfSim } from "../packages/find-package.ts";
import { activationCodeOf, fetchProfile } from "../profile/fetch-profile.ts";

/** A SIM that nobody has yet, as far as can be seen. */
export interface FreeSim {
  readonly sim: string;
  readonly activationCode: string;
}

/** Why a SIM cannot be sold. */
export interface NotFree {
  readonly why: string;
  /** Whether it has a package already. */
  readonly isTaken: boolean;
}

/** What was passed over, for the case that nothing is left. */
export interface PassedOver {
  /** SIMs that were looked at. */
  sims: number;
  /** Those in another state than PRE_SERVICE. */
  inUse: number;
  /** Those with a package. */
  taken: number;
  /** Those without a profile that can be downloaded. */
  withoutProfile: number;
}

/** A SIM in this state has not been used by anybody. */
const UNUSED = "PRE_SERVICE";

/** As many at a time are looked at closely: most of the first ones may be sold, and not in use yet. */
const AT_A_TIME = 4;

/** The free SIMs of an inventory, or of all, one after the other, as the service lists them. What was passed over is counted. */
export async function* freeSims(
  connected: Connected,
  inventory: number | undefined,
  passed: PassedOver,
): AsyncGenerator<FreeSim> {
  const api = new InventoryApi(connected.configuration);
  const hints = { byStatus: { 404: "find the inventory with `esim inventories list`" } };
  const rows = api.iterateESIMs({ inventory }, connected.call);
  let waiting: string[] = [];
  for (;;) {
    const { value, done } = await withHints(hints, rows.next());
    const sim = done ? undefined : simToConsider(asRow(value), inventory, passed);
    if (sim !== undefined) waiting.push(sim);
    if (waiting.length === AT_A_TIME || done) {
      const looks = await Promise.all(waiting.map((each) => lookAt(connected, each)));
      waiting = [];
      for (const look of looks) {
        if ("sim" in look) yield look;
        else if (look.isTaken) passed.taken++;
        else passed.withoutProfile++;
      }
    }
    if (done) return;
  }
}

function simToConsider(row: Row, inventory: number | undefined, passed: PassedOver): string | undefined {
  const sim = typeof row.iccid === "string" ? asIccid(row.iccid) : undefined;
  // From a service that ignores the filter.
  const isElsewhere = inventory !== undefined && !isIn(row, inventory);
  if (!sim || isElsewhere) return undefined;
  passed.sims++;
  if (row.sim_status === UNUSED) return sim;
  passed.inUse++;
  return undefined;
}

/** Whether a SIM is in an inventory. One that does not say where it is may be there. */
export function isIn(row: Row, inventory: number): boolean {
  const id = typeof row.inventory === "object" ? asRow(row.inventory).id : row.inventory;
  return id === undefined || id === null || id === inventory;
}

/** Whether a SIM is free. */
export async function examine(connected: Connected, row: Row, sim: string): Promise<FreeSim | NotFree> {
  if (row.sim_status !== UNUSED)
    return { why: `it is ${plain(row.sim_status)}, and one that can be sold is ${UNUSED}`, isTaken: false };
  return lookAt(connected, sim);
}

async function lookAt(connected: Connected, sim: string): Promise<FreeSim | NotFree> {
  const [packages, profile] = await Promise.all([
    packagesOfSim(connected, sim),
    fetchProfile(connected, sim).catch(noneAt404),
  ]);
  const live = packages.find(({ status }) => status !== "TERMINATED");
  if (live) return { why: `package ${plain(live.id)} is ${plain(live.status)}`, isTaken: true };
  if (!profile) return { why: "it has no eUICC profile", isTaken: false };
  const activationCode = activationCodeOf(profile);
  if (profile.state !== "RELEASED")
    return { why: `its profile is ${plain(profile.state)}, and not RELEASED`, isTaken: false };
  return activationCode
    ? { sim, activationCode }
    : { why: "its profile has no activation code", isTaken: false };
}

/** A SIM without an eUICC profile is one of plastic. */
function noneAt404(error: unknown): undefined {
  if (EsimApiError.isInstance(error) && error.status === 404) return undefined;
  throw error;
}
