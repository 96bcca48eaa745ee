import type { ESIM, ESIMPartial, EUICCProfile, PCRProfile } from "../wire.ts";

/** A SIM with its profiles: everything the API returns about it. */
export interface Line extends Pick<ESIM, "provisioned_date" | "terminated_date"> {
  readonly iccid: string;
  readonly inventory: number;
  readonly group: number | undefined;
  readonly company: number;
  readonly sim_status: ESIM["sim_status"];
  readonly created_date: number;
  readonly modified_date: number;
  readonly imsis: ESIMPartial["imsis"];
  readonly mapped_imsi: number;
  readonly profile: EUICCProfile;
  readonly pcr: PCRProfile;
}

/** How a SIM differs from the seed. */
export interface LineChange {
  readonly sim?: Partial<Pick<Line, "sim_status" | "modified_date">> | undefined;
  readonly profile?: Partial<EUICCProfile> | undefined;
  readonly pcr?: Partial<PCRProfile> | undefined;
}

/** A SIM after a change. */
export function changed(line: Line, change: LineChange): Line {
  return {
    ...line,
    ...change.sim,
    profile: { ...line.profile, ...change.profile },
    pcr: { ...line.pcr, ...change.pcr },
  };
}

/** Merges two consecutive changes. */
export function combined(first: LineChange, second: LineChange): LineChange {
  return {
    sim: { ...first.sim, ...second.sim },
    profile: { ...first.profile, ...second.profile },
    pcr: { ...first.pcr, ...second.pcr },
  };
}
