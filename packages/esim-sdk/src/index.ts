export { createEsimClient, type EsimClient } from "./client.ts";
export { Configuration, type ConfigurationParameters } from "./configuration.ts";
export {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  type ErrorResponse,
  EsimApiError,
  EsimConnectionError,
  EsimError,
  EsimTimeoutError,
  EsimUsageError,
  NotFoundError,
  RateLimitError,
  ServerError,
} from "./errors.ts";
export * from "./generated/enums.ts";
export type {
  CreatePackageRequest,
  CreatePackageResponse,
  CreatePackageResponsePackageTemplate,
  components,
  GetPackagesResponse,
  operations,
  Package,
  PackageTemplate,
  paths,
  TimeAllowance,
} from "./generated/openapi.ts";
export type { CallOptions, Credential, EsimClientOptions, TransportOptions } from "./options.ts";
export { type ApiResult, type PackageFilter, PackagesApi } from "./packages-api.ts";
export { type Page, type PaginateOptions, paginate } from "./paginate.ts";
