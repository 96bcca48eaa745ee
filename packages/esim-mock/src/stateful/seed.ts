import type {
  ESIM,
  ESIMPartial,
  EUICCProfile,
  Inventory,
  NamedEntity,
  PackageTemplate,
  PCRProfile,
  Sim,
  Status,
} from "./wire.ts";

/** A package of a seed. Times are milliseconds relative to the day on which the mock starts, negative for the past. */
export interface SeedPackage {
  readonly sim: string;
  readonly package_template: number;
  readonly status: Status;
  readonly created: number;
  /** For all but NOT_ACTIVE. */
  readonly activated?: number;
  /** For TERMINATED. */
  readonly terminated?: number;
  /** Share of each allowance that is used up, 0 to 1. */
  readonly used?: number;
}

/** A SIM of a seed: fields of `getESIMs` and `getESIM`, all optional but the ICCID and the inventory. */
export type SeedSim = Sim & Partial<ESIMPartial & Pick<ESIM, "provisioned_date" | "terminated_date">>;

/** A template of a seed, and the inventory that it is made for. */
export type SeedTemplate = PackageTemplate & { readonly inventory?: number };

/** An eUICC profile of a seed. */
type SeedProfile = Pick<
  EUICCProfile,
  "iccid" | "imsi" | "state" | "last_operation_date" | "activation_code"
> &
  Partial<EUICCProfile>;

/**
 * The initial contents of an account, in the format of a seed file. Defaults for what is left out: see `Seeded`.
 */
export interface Seed {
  readonly templates: readonly SeedTemplate[];
  readonly sims: readonly SeedSim[];
  readonly packages: readonly SeedPackage[];
  readonly inventories?: readonly Inventory[];
  readonly companies?: readonly NamedEntity[];
  readonly groups?: readonly NamedEntity[];
  readonly euicc_profiles?: readonly SeedProfile[];
  readonly pcr_profiles?: readonly PCRProfile[];
}
