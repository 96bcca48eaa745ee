import type { components } from "../generated/openapi.ts";

type Schemas = components["schemas"];

/** A package as in the contract. The mock sends every field, including optional ones. */
export type Package = Required<Schemas["Package"]>;
export type CreatedPackage = Required<Schemas["CreatePackageResponse"]>;
export type PackageTemplate = Schemas["PackageTemplate"];
export type NewTemplate = Schemas["CreatePackageTemplateRequest"];
export type CreatedTemplate = Schemas["CreatePackageTemplateResponse"];
export type TimeAllowance = Schemas["TimeAllowance"];
export type Status = Package["status"];
export type Inventory = Schemas["Inventory"];
export type NamedEntity = Schemas["NamedEntity"];
export type ESIM = Schemas["ESIM"];
export type ESIMPartial = Schemas["ESIMPartial"];
export type SimStatus = ESIM["sim_status"];
export type EUICCProfile = Required<Schemas["GetEUICCProfileResponse"]>;
export type ProfileState = EUICCProfile["state"];
export type PCRProfile = Schemas["GetPCRProfileResponse"];
export type PCRChange = Schemas["ModifyPCRProfileRequest"];
export type Wallet = Schemas["Wallet"];
export type Country = Schemas["Country"];

/** The fields of a SIM that packages need. */
export interface Sim {
  readonly iccid: string;
  readonly inventory: number;
}

/** A package as stored; its template and its SIM's inventory are looked up. Times in milliseconds, 0 for "not yet". */
export interface PackageRow {
  readonly id: string;
  /** The account that stores it: the seed's, until the user changes the package. */
  readonly account: number;
  readonly sim: string;
  readonly template: number;
  readonly status: Status;
  readonly created: number;
  readonly activated: number;
  readonly terminated: number;
  readonly expiry: number;
  readonly window_start: number;
  readonly window_end: number;
  /** Minutes. */
  readonly voice: number;
  /** Bytes. */
  readonly data: number;
  readonly sms: number;
  /** Seconds. */
  readonly allowance: number;
  /** Calendar months that it lasts instead, from its activation; 0 if it lasts seconds. */
  readonly months: number;
}
