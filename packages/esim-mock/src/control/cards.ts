import { toPackage } from "../stateful/packages/to-wire.ts";
import { MOST_ROWS } from "../stateful/query.ts";
import type { Line } from "../stateful/sims/line.ts";
import { toESIM } from "../stateful/sims/to-wire.ts";
import type { Store } from "../stateful/store.ts";
import type { ESIM, EUICCProfile, Package, PCRProfile } from "../stateful/wire.ts";

/** A SIM in a list. */
export interface SimRow {
  readonly iccid: string;
  readonly inventory: number;
  readonly sim_status: ESIM["sim_status"];
  /** Of its eUICC profile. */
  readonly state: EUICCProfile["state"];
  /** The services that its PCR profile has switched off. */
  readonly off: readonly string[];
}

/** All that there is about a SIM. */
export interface SimCard {
  readonly sim: ESIM;
  readonly pcr: PCRProfile;
  readonly profile: EUICCProfile;
  /** Newest first. */
  readonly packages: readonly Package[];
}

/** The SIMs of an account, in the order of the API. */
export function listRows(store: Store, user: string): { total: number; sims: SimRow[] } {
  const { total, lines } = store.sims.list(user, {}, MOST_ROWS, 0);
  return { total, sims: lines.map(toRow) };
}

function toRow({ iccid, inventory, sim_status, profile, pcr }: Line): SimRow {
  const off = (["data", "voice", "sms"] as const).filter((service) => pcr[service].state === "DISABLED");
  return { iccid, inventory, sim_status, state: profile.state, off };
}

/** @throws Refusal (404) for a SIM that the account has not */
export function readCard(store: Store, user: string, iccid: string): SimCard {
  const line = store.sims.get(user, iccid);
  const { rows } = store.packages.list(user, { sim: iccid }, MOST_ROWS, 0);
  return {
    sim: toESIM(store.accounts.seeded, line),
    pcr: line.pcr,
    profile: line.profile,
    packages: rows.map((row) => toPackage(store, row)),
  };
}
