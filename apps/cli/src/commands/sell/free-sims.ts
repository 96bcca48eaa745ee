import { EsimApiError, InventoryApi } from "@betatelltd/esim-sdk";
import { asIccid } from "../../arguments.ts";
import type { Connected } from "../../connect.ts";
import { plain } from "../../format/text.ts";
import { withHints } from "../../hints.ts";
import { asRow, type Row } from "../../listing/row.ts";
import { packagesOfSim } from "../packages/find-package.ts";
import { activationCodeOf, fetchProfile } from "../profile/fetch-profile.ts";

/** A SIM that can be sold. */
export interface FreeSim {
  readonly sim: string;
  readonly activationCode: string;
}

/** Why a SIM cannot be sold. */
export interface NotFree {
  readonly why: string;
  /** Whether it already has a package. */
  readonly isTaken: boolean;
}

/** Counts the SIMs that cannot be sold, for the error if none can. */
export interface Skipped {
  /** All SIMs that were considered. */
  sims: number;
  /** Not PRE_SERVICE. */
  inUse: number;
  /** With a package. */
  taken: number;
  /** Without a profile that can be downloaded. */
  withoutProfile: number;
}

/** The state of a SIM that has never been used. */
const UNUSED = "PRE_SERVICE";

/** SIMs to examine at a time: many of those listed first may be sold but not used yet. */
const BATCH_SIZE = 4;

/** The free SIMs of an inventory, or of all, in the server's order. Counts the others in `skipped`. */
export async function* freeSims(
  connected: Connected,
  inventory: number | undefined,
  skipped: Skipped,
): AsyncGenerator<FreeSim> {
  const api = new InventoryApi(connected.configuration);
  const hints = { byStatus: { 404: "find the inventory with `esim inventories list`" } };
  const rows = api.iterateESIMs({ inventory }, connected.call);
  let waiting: string[] = [];
  for (;;) {
    const { value, done } = await withHints(hints, rows.next());
    const sim = done ? undefined : simToConsider(asRow(value), inventory, skipped);
    if (sim !== undefined) waiting.push(sim);
    if (waiting.length === BATCH_SIZE || done) {
      const looks = await Promise.all(waiting.map((each) => lookAt(connected, each)));
      waiting = [];
      for (const look of looks) {
        if ("sim" in look) yield look;
        else if (look.isTaken) skipped.taken++;
        else skipped.withoutProfile++;
      }
    }
    if (done) return;
  }
}

function simToConsider(row: Row, inventory: number | undefined, skipped: Skipped): string | undefined {
  const sim = typeof row.iccid === "string" ? asIccid(row.iccid) : undefined;
  // The server may ignore the filter.
  const isElsewhere = inventory !== undefined && !isIn(row, inventory);
  if (!sim || isElsewhere) return undefined;
  skipped.sims++;
  if (row.sim_status === UNUSED) return sim;
  skipped.inUse++;
  return undefined;
}

/** Whether a SIM is in an inventory. One without an inventory counts as in it. */
export function isIn(row: Row, inventory: number): boolean {
  const id = typeof row.inventory === "object" ? asRow(row.inventory).id : row.inventory;
  return id === undefined || id === null || id === inventory;
}

/** Checks whether a SIM is free. */
export async function examine(connected: Connected, row: Row, sim: string): Promise<FreeSim | NotFree> {
  if (row.sim_status !== UNUSED)
    return { why: `it is ${plain(row.sim_status)}, not ${UNUSED}`, isTaken: false };
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
    return { why: `its profile is ${plain(profile.state)}, not RELEASED`, isTaken: false };
  return activationCode
    ? { sim, activationCode }
    : { why: "its profile has no activation code", isTaken: false };
}

/** A physical SIM has no eUICC profile. */
function noneAt404(error: unknown): undefined {
  if (EsimApiError.isInstance(error) && error.status === 404) return undefined;
  throw error;
}
