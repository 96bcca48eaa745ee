// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

export * from "./apis/packages-api.ts";
export * from "./apis/inventory-api.ts";
export * from "./apis/pcr-api.ts";
export * from "./apis/pcr-profile-api.ts";
export * from "./apis/esimrsp-api.ts";
export * from "./apis/core-api.ts";
export * from "./apis/system-api.ts";
export * from "./enums.ts";
export type { OperationId } from "./operations.ts";
export type {
  components,
  Country,
  CreatePackageRequest,
  CreatePackageResponse,
  CreatePackageResponsePackageTemplate,
  CreatePackageTemplateRequest,
  CreatePackageTemplateResponse,
  CreateTimeAllowance,
  ErrorSchema,
  ESIM,
  ESIMPartial,
  GetCountriesResponse,
  GetESIMsResponse,
  GetEUICCProfileResponse,
  GetInventoriesResponse,
  GetPackagesResponse,
  GetPackageTemplatesResponse,
  GetPCRProfileResponse,
  Inventory,
  ModifyPCRProfileData,
  ModifyPCRProfileRequest,
  NamedEntity,
  operations,
  Package,
  PackageTemplate,
  paths,
  PCRProfileData,
  PCRProfileService,
  ProfileReusePolicy,
  SponsoredIMSI,
  StatusResponse,
  TimeAllowance,
  Wallet,
  WalletOwner,
} from "./openapi.ts";
