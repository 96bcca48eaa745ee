/** The contract's objects, as the mock makes them: with every field, also the optional ones. */
export type Status = "NOT_ACTIVE" | "ACTIVE" | "SUSPENDED" | "TERMINATED";

export const timeUnits = {
  SECOND: 1,
  MINUTE: 60,
  HOUR: 3_600,
  DAY: 86_400,
  WEEK: 604_800,
  // The contract gives months no length; the clock of a package runs in seconds, so the mock gives them one.
  MONTH: 2_592_000,
  CALENDAR_MONTH: 2_592_000,
  YEAR: 31_536_000,
} as const;

export interface TimeAllowance {
  readonly unit: keyof typeof timeUnits;
  readonly duration: number;
}

export interface PackageTemplate {
  readonly id: number;
  readonly name: string;
  readonly supported_countries: readonly string[];
  readonly data_usage_allowance: number;
  readonly activation_type: "AUTO" | "MANUAL";
  readonly created_date: number;
  readonly modified_date: number;
  readonly time_allowance: TimeAllowance;
  readonly status: "Active" | "Not Active" | "De-activated";
  readonly traffic_policy?: number;
  readonly voice_usage_allowance?: number;
  readonly sms_usage_allowance?: number;
  readonly activation_time_allowance?: number;
  readonly earliest_activation_date?: number;
  readonly earliest_available_date?: number;
  readonly latest_available_date?: number;
  readonly deactivated_date?: number;
  readonly notes?: string;
  readonly apn?: string;
}

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
