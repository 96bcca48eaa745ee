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

/** Whether a package activates itself on its first use of the network, or has to be activated. */
export const PackageTemplateActivationTypeEnum = {
  Auto: "AUTO",
  Manual: "MANUAL",
} as const;
/** Whether a package activates itself on its first use of the network, or has to be activated. */
export type PackageTemplateActivationTypeEnum = (typeof PackageTemplateActivationTypeEnum)[keyof typeof PackageTemplateActivationTypeEnum];

/** Whether packages can be created from the template. */
export const PackageTemplateStatusEnum = {
  Active: "Active",
  NotActive: "Not Active",
  DeActivated: "De-activated",
} as const;
/** Whether packages can be created from the template. */
export type PackageTemplateStatusEnum = (typeof PackageTemplateStatusEnum)[keyof typeof PackageTemplateStatusEnum];

/** State of the package. */
export const PackageStatusEnum = GetPackagesStatusEnum;
/** State of the package. */
export type PackageStatusEnum = (typeof PackageStatusEnum)[keyof typeof PackageStatusEnum];

/** State of the package. */
export const CreatePackageResponseStatusEnum = GetPackagesStatusEnum;
/** State of the package. */
export type CreatePackageResponseStatusEnum = (typeof CreatePackageResponseStatusEnum)[keyof typeof CreatePackageResponseStatusEnum];

/** State of the line. A SIM is PRE_SERVICE while it can be sold, and IN_SERVICE from its first traffic on. */
export const ESIMPartialSimStatusEnum = {
  WaitingForAssignment: "WAITING_FOR_ASSIGNMENT",
  PreService: "PRE_SERVICE",
  InService: "IN_SERVICE",
  Terminated: "TERMINATED",
} as const;
/** State of the line. A SIM is PRE_SERVICE while it can be sold, and IN_SERVICE from its first traffic on. */
export type ESIMPartialSimStatusEnum = (typeof ESIMPartialSimStatusEnum)[keyof typeof ESIMPartialSimStatusEnum];

/** State of the line. A SIM is PRE_SERVICE while it can be sold, and IN_SERVICE from its first traffic on. */
export const ESIMSimStatusEnum = ESIMPartialSimStatusEnum;
/** State of the line. A SIM is PRE_SERVICE while it can be sold, and IN_SERVICE from its first traffic on. */
export type ESIMSimStatusEnum = (typeof ESIMSimStatusEnum)[keyof typeof ESIMSimStatusEnum];

/** The unit that `duration` counts. */
export const CreateTimeAllowanceUnitEnum = {
  Second: "SECOND",
  CalendarMonth: "CALENDAR_MONTH",
} as const;
/** The unit that `duration` counts. */
export type CreateTimeAllowanceUnitEnum = (typeof CreateTimeAllowanceUnitEnum)[keyof typeof CreateTimeAllowanceUnitEnum];

/** Whether a package activates itself on its first use of the network, or has to be activated. */
export const CreatePackageTemplateRequestActivationTypeEnum = PackageTemplateActivationTypeEnum;
/** Whether a package activates itself on its first use of the network, or has to be activated. */
export type CreatePackageTemplateRequestActivationTypeEnum = (typeof CreatePackageTemplateRequestActivationTypeEnum)[keyof typeof CreatePackageTemplateRequestActivationTypeEnum];

/** Whether the SIM may use the service. */
export const PCRProfileDataStateEnum = {
  Enabled: "ENABLED",
  Disabled: "DISABLED",
} as const;
/** Whether the SIM may use the service. */
export type PCRProfileDataStateEnum = (typeof PCRProfileDataStateEnum)[keyof typeof PCRProfileDataStateEnum];

/** The highest speed, in kbit/s. */
export const PCRProfileDataActiveThrottlingEnum = {
  NoLimit: "NO_LIMIT",
  Speed100Kbps: "SPEED_100_KBPS",
  Speed500Kbps: "SPEED_500_KBPS",
  Speed1000Kbps: "SPEED_1000_KBPS",
  Speed2000Kbps: "SPEED_2000_KBPS",
  Speed3000Kbps: "SPEED_3000_KBPS",
  Speed5000Kbps: "SPEED_5000_KBPS",
} as const;
/** The highest speed, in kbit/s. */
export type PCRProfileDataActiveThrottlingEnum = (typeof PCRProfileDataActiveThrottlingEnum)[keyof typeof PCRProfileDataActiveThrottlingEnum];

/** Whether the SIM may use the service. */
export const PCRProfileServiceStateEnum = PCRProfileDataStateEnum;
/** Whether the SIM may use the service. */
export type PCRProfileServiceStateEnum = (typeof PCRProfileServiceStateEnum)[keyof typeof PCRProfileServiceStateEnum];

/** What owns the wallet. */
export const WalletWalletTypeEnum = {
  Group: "GROUP",
  Inventory: "INVENTORY",
  Sim: "SIM",
} as const;
/** What owns the wallet. */
export type WalletWalletTypeEnum = (typeof WalletWalletTypeEnum)[keyof typeof WalletWalletTypeEnum];

/** Whose wallet usage is charged to. */
export const GetPCRProfileResponseWalletModeEnum = {
  Group: "GROUP",
  Sim: "SIM",
} as const;
/** Whose wallet usage is charged to. */
export type GetPCRProfileResponseWalletModeEnum = (typeof GetPCRProfileResponseWalletModeEnum)[keyof typeof GetPCRProfileResponseWalletModeEnum];

/** Whether the SIM may use the service. */
export const ModifyPCRProfileDataStateEnum = PCRProfileDataStateEnum;
/** Whether the SIM may use the service. */
export type ModifyPCRProfileDataStateEnum = (typeof ModifyPCRProfileDataStateEnum)[keyof typeof ModifyPCRProfileDataStateEnum];

/** The highest speed, in kbit/s. */
export const ModifyPCRProfileDataActiveThrottlingEnum = PCRProfileDataActiveThrottlingEnum;
/** The highest speed, in kbit/s. */
export type ModifyPCRProfileDataActiveThrottlingEnum = (typeof ModifyPCRProfileDataActiveThrottlingEnum)[keyof typeof ModifyPCRProfileDataActiveThrottlingEnum];

/** Whose wallet to charge usage to. */
export const ModifyPCRProfileRequestWalletModeEnum = GetPCRProfileResponseWalletModeEnum;
/** Whose wallet to charge usage to. */
export type ModifyPCRProfileRequestWalletModeEnum = (typeof ModifyPCRProfileRequestWalletModeEnum)[keyof typeof ModifyPCRProfileRequestWalletModeEnum];

/** How far the download has got, from AVAILABLE through RELEASED (ready to download) to ENABLED (in use) or DELETED. */
export const GetEUICCProfileResponseStateEnum = {
  Available: "AVAILABLE",
  Allocated: "ALLOCATED",
  Linked: "LINKED",
  Confirmed: "CONFIRMED",
  Released: "RELEASED",
  Downloaded: "DOWNLOADED",
  Installed: "INSTALLED",
  Enabled: "ENABLED",
  Disabled: "DISABLED",
  Error: "ERROR",
  Unavailable: "UNAVAILABLE",
  Deleted: "DELETED",
} as const;
/** How far the download has got, from AVAILABLE through RELEASED (ready to download) to ENABLED (in use) or DELETED. */
export type GetEUICCProfileResponseStateEnum = (typeof GetEUICCProfileResponseStateEnum)[keyof typeof GetEUICCProfileResponseStateEnum];
