export { ApiResult } from "./api/base-api.ts";
export {
  type ClientCallOptions,
  type ClientMethod,
  type ClientResult,
  createEsimClient,
  type EsimClient,
  type OperationAt,
  type ParsedBody,
  type PathsWith,
} from "./client.ts";
export { Configuration, type ConfigurationParameters } from "./configuration.ts";
export {
  CannotKnowError,
  type CreatedOnce,
  type CreateOnceOptions,
  createPackageOnce,
} from "./create-package-once.ts";
export {
  AuthenticationError,
  BadRequestError,
  type CallInfo,
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
export * from "./generated/index.ts";
export type { Operation } from "./generated/operation.ts";
export { OPERATIONS } from "./generated/operations.ts";
export type {
  AttemptEvent,
  CallOptions,
  ConnectionOptions,
  Credential,
  EsimClientOptions,
  ResultEvent,
  TransportOptions,
} from "./options.ts";
export {
  type Page,
  type PageRange,
  type PaginateListOptions,
  type PaginateOptions,
  paginate,
} from "./paginate.ts";
