import { toPackage } from "../stateful/packages/to-wire.ts";
import { MAX_ROWS } from "../stateful/query.ts";
import { toESIM } from "../stateful/sims/to-wire.ts";
import type { Store } from "../stateful/store.ts";
import type { ESIM, EUICCProfile, Package, PCRProfile } from "../stateful/wire.ts";

/** Everything about a SIM. */
export interface SimCard {
  readonly sim: ESIM;
  readonly pcr: PCRProfile;
  readonly profile: EUICCProfile;
  /** Newest first. */
  readonly packages: readonly Package[];
}

/** @throws Refusal (404) for a SIM that is not in the account */
export function readCard(store: Store, user: string, iccid: string): SimCard {
  const line = store.sims.get(user, iccid);
  const { rows } = store.packages.list(user, { sim: iccid }, MAX_ROWS, 0);
  return {
    sim: toESIM(store.accounts.seeded, line),
    pcr: line.pcr,
    profile: line.profile,
    packages: rows.map((row) => toPackage(store, row)),
  };
}
