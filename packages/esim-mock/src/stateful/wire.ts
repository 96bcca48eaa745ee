import type { components } from "../generated/openapi.ts";

type Schemas = components["schemas"];

/** A package as the contract has it. The mock sends every field, also those that may be left out. */
export type Package = Required<Schemas["Package"]>;
export type CreatedPackage = Required<Schemas["CreatePackageResponse"]>;
export type PackageTemplate = Schemas["PackageTemplate"];
export type TimeAllowance = Schemas["TimeAllowance"];
export type Status = Package["status"];

/** A SIM, of which the contract knows its number alone. */
export interface Sim {
  readonly iccid: string;
  readonly inventory: number;
}

/** A package as it is stored; its template and its SIM's inventory are looked up. Times in milliseconds, 0 for "not yet". */
export interface PackageRow {
  readonly id: string;
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
}
