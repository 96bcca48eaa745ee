// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

/** Only packages in this state. */
export const GetPackagesStatusEnum = {
  NotActive: "NOT_ACTIVE",
  Active: "ACTIVE",
  Suspended: "SUSPENDED",
  Terminated: "TERMINATED",
} as const;
/** Only packages in this state. */
export type GetPackagesStatusEnum = (typeof GetPackagesStatusEnum)[keyof typeof GetPackagesStatusEnum];

/** State of the package. */
export const PackageStatusEnum = GetPackagesStatusEnum;
/** State of the package. */
export type PackageStatusEnum = (typeof PackageStatusEnum)[keyof typeof PackageStatusEnum];

/** State of the package. */
export const CreatePackageResponseStatusEnum = GetPackagesStatusEnum;
/** State of the package. */
export type CreatePackageResponseStatusEnum = (typeof CreatePackageResponseStatusEnum)[keyof typeof CreatePackageResponseStatusEnum];

/** Whether a package activates itself at its first use of the network or has to be activated. */
export const PackageTemplateActivationTypeEnum = {
  Auto: "AUTO",
  Manual: "MANUAL",
} as const;
/** Whether a package activates itself at its first use of the network or has to be activated. */
export type PackageTemplateActivationTypeEnum = (typeof PackageTemplateActivationTypeEnum)[keyof typeof PackageTemplateActivationTypeEnum];

/** Whether packages can be made from the template. */
export const PackageTemplateStatusEnum = {
  Active: "Active",
  NotActive: "Not Active",
  DeActivated: "De-activated",
} as const;
/** Whether packages can be made from the template. */
export type PackageTemplateStatusEnum = (typeof PackageTemplateStatusEnum)[keyof typeof PackageTemplateStatusEnum];

/** The unit that `duration` counts. */
export const TimeAllowanceUnitEnum = {
  Second: "SECOND",
  Minute: "MINUTE",
  Hour: "HOUR",
  Day: "DAY",
  Week: "WEEK",
  Month: "MONTH",
  CalendarMonth: "CALENDAR_MONTH",
  Year: "YEAR",
} as const;
/** The unit that `duration` counts. */
export type TimeAllowanceUnitEnum = (typeof TimeAllowanceUnitEnum)[keyof typeof TimeAllowanceUnitEnum];
