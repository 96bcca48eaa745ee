// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

import { type ApiResult, BaseApi } from "../../api/base-api.ts";
import { toQuery } from "../../api/query.ts";
import type { CallOptions } from "../../options.ts";
import { type PaginateOptions, paginate } from "../../paginate.ts";
import type { Package, GetPackagesResponse, CreatePackageRequest, CreatePackageResponse } from "../openapi.ts";
import {
  getPackages as GET_PACKAGES,
  createPackage as CREATE_PACKAGE,
  getPackage as GET_PACKAGE,
  activatePackage as ACTIVATE_PACKAGE,
  terminatePackage as TERMINATE_PACKAGE,
} from "../operations.ts";

/** What to look for with `iteratePackages`: all that matches every field given. */
export interface PackageFilter {
  /** Only packages of SIMs in the inventory with this ID. */
  inventory?: number | undefined;
  /** Only packages created from the package template with this ID. */
  packageTemplate?: number | undefined;
  /** Only packages of the SIM with this ICCID. */
  sim?: string | undefined;
  /** Only packages in this state. */
  status?: "NOT_ACTIVE" | "ACTIVE" | "SUSPENDED" | "TERMINATED" | undefined;
}

/** What to look for with `getPackages`, and which page of it. */
export interface GetPackagesQuery extends PackageFilter {
  /** Maximum number of packages to return. */
  count?: number | undefined;
  /** Number of matching packages to skip before the first one returned. */
  offset?: number | undefined;
}

/**
 * Packages of SIM cards, from creation to termination.
 *
 * Every method rejects with an `EsimApiError` of the status' class (`NotFoundError`, …) for an answer other than success,
 * `EsimConnectionError` or `EsimTimeoutError` without a usable one, `EsimUsageError` for arguments that cannot be sent,
 * and the signal's reason after an abort. After a failed write, `outcomeUnknown` says whether it may have happened.
 */
export class PackagesApi extends BaseApi {
  /**
   * Returns one page of the account's packages. All filters given must match; without any, every package matches.
   *
   * ```ts
   * const { data } = await api.getPackages({ count: 20 });
   * ```
   *
   * @param count Maximum number of packages to return.
   * @param offset Number of matching packages to skip before the first one returned.
   * @param inventory Only packages of SIMs in the inventory with this ID.
   * @param packageTemplate Only packages created from the package template with this ID.
   * @param sim Only packages of the SIM with this ICCID.
   * @param status Only packages in this state.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: A parameter is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getPackages(count?: number, offset?: number, inventory?: number, packageTemplate?: number, sim?: string, status?: "NOT_ACTIVE" | "ACTIVE" | "SUSPENDED" | "TERMINATED", options?: CallOptions): Promise<ApiResult<GetPackagesResponse>>;
  /**
   * Returns one page of the account's packages. All filters given must match; without any, every package matches.
   *
   * ```ts
   * const { data } = await api.getPackages({ count: 20 });
   * ```
   *
   * @param query Which rows, and which page of them; the same as by position, by name.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: A parameter is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getPackages(query: GetPackagesQuery, options?: CallOptions): Promise<ApiResult<GetPackagesResponse>>;
  getPackages(...args: unknown[]): Promise<ApiResult<GetPackagesResponse>> {
    const { query, options } = toQuery("getPackages", args, { count: "count", offset: "offset", inventory: "inventory", packageTemplate: "package_template", sim: "sim", status: "status" });
    return this.call(GET_PACKAGES, { query }, options);
  }

  /**
   * Iterates over everything that `getPackages` lists, fetching pages as it goes; see {@link paginate} for what it promises.
   *
   * ```ts
   * for await (const each of api.iteratePackages()) console.log(each);
   * ```
   *
   * @param filter Which rows: all that match every field given.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call. Time limits are of each page.
   * @throws EsimError when the server repeats itself or ends short of its total, and whatever a page fails with
   */
  iteratePackages(filter: PackageFilter = {}, options: CallOptions & PaginateOptions = {}): AsyncGenerator<Package, void, undefined> {
    const wanted = { ...filter };
    return paginate(
      async (range) => (await this.getPackages({ ...wanted, ...range }, options)).data,
      { ...options, rows: "packages" },
    );
  }

  /**
   * Creates a package for one SIM from a package template. The package starts `NOT_ACTIVE`. There is no idempotency key: if the response is lost, look up the SIM's packages before sending the request again.
   *
   * When it fails with `outcomeUnknown`, it may have happened: look before you try again.
   * @param createPackageRequest The SIM, the template, and optionally a time allowance in place of the template's.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The request body is malformed, or names a SIM or template that cannot be used.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ConflictError 409: The SIM already has a package.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  createPackage(createPackageRequest: CreatePackageRequest, options?: CallOptions): Promise<ApiResult<CreatePackageResponse>> {
    return this.call(CREATE_PACKAGE, { body: createPackageRequest }, options);
  }

  /**
   * Returns one package with its template, its dates and what is left of its allowances.
   * @param id ID of the package.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The ID is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws NotFoundError 404: No package has this ID.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getPackage(id: string, options?: CallOptions): Promise<ApiResult<Package>> {
    return this.call(GET_PACKAGE, { path: { id } }, options);
  }

  /**
   * Starts the time allowance of a package that is `NOT_ACTIVE`. Only possible inside the package's activation window.
   *
   * When it fails with `outcomeUnknown`, it may have happened: look before you try again.
   * @param id ID of the package.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The ID is malformed, or the package cannot be activated: it is in another state, or outside its activation window.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws NotFoundError 404: No package has this ID.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  activatePackage(id: string, options?: CallOptions): Promise<ApiResult<boolean>> {
    return this.call(ACTIVATE_PACKAGE, { path: { id } }, options);
  }

  /**
   * Ends a package for good. A terminated package cannot be activated again.
   *
   * When it fails with `outcomeUnknown`, it may have happened: look before you try again.
   * @param id ID of the package.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The ID is malformed, or the package cannot be terminated in its current state.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws NotFoundError 404: No package has this ID.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  terminatePackage(id: string, options?: CallOptions): Promise<ApiResult<boolean>> {
    return this.call(TERMINATE_PACKAGE, { path: { id } }, options);
  }
}
