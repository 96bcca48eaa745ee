// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

export * from "./apis/packages-api.ts";
export * from "./enums.ts";
export type { OperationId } from "./operations.ts";
export type {
  components,
  CreatePackageRequest,
  CreatePackageResponse,
  CreatePackageResponsePackageTemplate,
  ErrorSchema,
  GetPackagesResponse,
  operations,
  Package,
  PackageTemplate,
  paths,
  TimeAllowance,
} from "./openapi.ts";
