// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

import { type ApiResult, BaseApi } from "../../api/base-api.ts";
import { toQuery } from "../../api/query.ts";
import type { CallOptions } from "../../options.ts";
import { type PaginateOptions, paginate } from "../../paginate.ts";
import type { PackageTemplate, Package, GetPackageTemplatesResponse, CreatePackageTemplateRequest, CreatePackageTemplateResponse } from "../openapi.ts";
import {
  getPackageTemplates as GET_PACKAGE_TEMPLATES,
  createPackageTemplate as CREATE_PACKAGE_TEMPLATE,
  getPackageTemplate as GET_PACKAGE_TEMPLATE,
} from "../operations.ts";

/** What to look for with `iteratePackageTemplates`: all that matches every field given. */
export interface PackageTemplateFilter {
  /** Only templates made for the inventory with this ID. */
  inventory?: number | undefined;
}

/** What to look for with `getPackageTemplates`, and which page of it. */
export interface GetPackageTemplatesQuery extends PackageTemplateFilter {
  /** Maximum number of rows to return. The vendor's sources disagree on the default, 100 or 20; 100 is an assumption, so send the count you need. Default: 100. */
  count?: number | undefined;
  /** Number of rows to skip before the first one returned. Default: 0. */
  offset?: number | undefined;
}

/**
 * Package templates, from which packages are created.
 *
 * Every method rejects with an `EsimApiError` of the status' class (`NotFoundError`, …) for an answer other than success,
 * `EsimConnectionError` or `EsimTimeoutError` without a usable one, `EsimUsageError` for arguments that cannot be sent,
 * and the signal's reason after an abort. After a failed write, `outcomeUnknown` says whether it may have happened.
 */
export class PCRApi extends BaseApi {
  /**
   * Returns one page of the account's package templates. Templates have no price.
   *
   * ```ts
   * const { data } = await api.getPackageTemplates({ count: 20 });
   * ```
   *
   * @param count Maximum number of rows to return. The vendor's sources disagree on the default, 100 or 20; 100 is an assumption, so send the count you need. Default: 100.
   * @param offset Number of rows to skip before the first one returned. Default: 0.
   * @param inventory Only templates made for the inventory with this ID.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: A parameter is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getPackageTemplates(count?: number, offset?: number, inventory?: number, options?: CallOptions): Promise<ApiResult<GetPackageTemplatesResponse>>;
  /**
   * Returns one page of the account's package templates. Templates have no price.
   *
   * ```ts
   * const { data } = await api.getPackageTemplates({ count: 20 });
   * ```
   *
   * @param query Which rows, and which page of them; the same as by position, by name.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: A parameter is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getPackageTemplates(query: GetPackageTemplatesQuery, options?: CallOptions): Promise<ApiResult<GetPackageTemplatesResponse>>;
  getPackageTemplates(...args: unknown[]): Promise<ApiResult<GetPackageTemplatesResponse>> {
    const { query, options } = toQuery("getPackageTemplates", args, { count: "count", offset: "offset", inventory: "inventory" });
    return this.call(GET_PACKAGE_TEMPLATES, { query }, options);
  }

  /**
   * Iterates over everything that `getPackageTemplates` lists, fetching pages as it goes; see {@link paginate} for what it promises.
   *
   * ```ts
   * for await (const each of api.iteratePackageTemplates()) console.log(each);
   * ```
   *
   * @param filter Which rows: all that match every field given.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call. Time limits are of each page.
   * @throws EsimError when the server repeats itself or ends short of its total, and whatever a page fails with
   */
  iteratePackageTemplates(filter: PackageTemplateFilter = {}, options: CallOptions & PaginateOptions = {}): AsyncGenerator<PackageTemplate, void, undefined> {
    const wanted = { ...filter };
    return paginate(
      async (range) => (await this.getPackageTemplates({ ...wanted, ...range }, options)).data,
      { ...options, rows: "package_templates" },
    );
  }

  /**
   * Creates a package template for one inventory. This API cannot change or withdraw it, and two templates may have the same name. There is no idempotency key: if the response is lost, look for the template before sending the request again.
   *
   * When it fails with `outcomeUnknown`, it may have happened: look before you try again.
   * @param createPackageTemplateRequest What the template includes, where, when and for how long.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The request body is malformed, or names an inventory that cannot be used. This status is an assumption, by analogy with `createPackage`.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  createPackageTemplate(createPackageTemplateRequest: CreatePackageTemplateRequest, options?: CallOptions): Promise<ApiResult<CreatePackageTemplateResponse>> {
    return this.call(CREATE_PACKAGE_TEMPLATE, { body: createPackageTemplateRequest }, options);
  }

  /**
   * Returns one package template.
   * @param id ID of the package template.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The ID is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws NotFoundError 404: No package template of the account has this ID.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getPackageTemplate(id: number, options?: CallOptions): Promise<ApiResult<PackageTemplate>> {
    return this.call(GET_PACKAGE_TEMPLATE, { path: { id } }, options);
  }
}
