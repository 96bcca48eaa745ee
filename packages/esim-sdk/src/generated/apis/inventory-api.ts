// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

import { type ApiResult, BaseApi } from "../../api/base-api.ts";
import { toQuery } from "../../api/query.ts";
import type { CallOptions } from "../../options.ts";
import { type PaginateOptions, paginate } from "../../paginate.ts";
import type { Inventory, GetInventoriesResponse, ESIMPartial, GetESIMsResponse, ESIM } from "../openapi.ts";
import {
  getInventories as GET_INVENTORIES,
  getESIMs as GET_ESIMS,
  getESIM as GET_ESIM,
} from "../operations.ts";

/** What to look for with `iterateInventories`: all that matches every field given. */
export interface InventoryFilter {
  /** Only inventories of the company with this ID. */
  company?: number | undefined;
}

/** What to look for with `getInventories`, and which page of it. */
export interface GetInventoriesQuery extends InventoryFilter {
  /** Maximum number of rows to return. The vendor's sources disagree on the default, 100 or 20; 100 is an assumption, so send the count you need. Default: 100. */
  count?: number | undefined;
  /** Number of rows to skip before the first one returned. Default: 0. */
  offset?: number | undefined;
}

/** What to look for with `iterateESIMs`: all that matches every field given. */
export interface ESIMPartialFilter {
  /** Only SIMs of the group with this ID. */
  group?: number | undefined;
  /** Only SIMs in the inventory with this ID. */
  inventory?: number | undefined;
}

/** What to look for with `getESIMs`, and which page of it. */
export interface GetESIMsQuery extends ESIMPartialFilter {
  /** Maximum number of rows to return. The vendor's sources disagree on the default, 100 or 20; 100 is an assumption, so send the count you need. Default: 100. */
  count?: number | undefined;
  /** Number of rows to skip before the first one returned. Default: 0. */
  offset?: number | undefined;
}

/**
 * Inventories and the SIMs in them.
 *
 * Every method rejects with an `EsimApiError` of the status' class (`NotFoundError`, …) for an answer other than success,
 * `EsimConnectionError` or `EsimTimeoutError` without a usable one, `EsimUsageError` for arguments that cannot be sent,
 * and the signal's reason after an abort. After a failed write, `outcomeUnknown` says whether it may have happened.
 */
export class InventoryApi extends BaseApi {
  /**
   * Returns one page of the account's inventories, which are stocks of SIMs. An inventory can be inside another.
   *
   * ```ts
   * const { data } = await api.getInventories({ count: 20 });
   * ```
   *
   * @param count Maximum number of rows to return. The vendor's sources disagree on the default, 100 or 20; 100 is an assumption, so send the count you need. Default: 100.
   * @param offset Number of rows to skip before the first one returned. Default: 0.
   * @param company Only inventories of the company with this ID.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: A parameter is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getInventories(count?: number, offset?: number, company?: number, options?: CallOptions): Promise<ApiResult<GetInventoriesResponse>>;
  /**
   * Returns one page of the account's inventories, which are stocks of SIMs. An inventory can be inside another.
   *
   * ```ts
   * const { data } = await api.getInventories({ count: 20 });
   * ```
   *
   * @param query Which rows, and which page of them; the same as by position, by name.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: A parameter is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getInventories(query: GetInventoriesQuery, options?: CallOptions): Promise<ApiResult<GetInventoriesResponse>>;
  getInventories(...args: unknown[]): Promise<ApiResult<GetInventoriesResponse>> {
    const { query, options } = toQuery("getInventories", args, { count: "count", offset: "offset", company: "company" });
    return this.call(GET_INVENTORIES, { query }, options);
  }

  /**
   * Iterates over everything that `getInventories` lists, fetching pages as it goes; see {@link paginate} for what it promises.
   *
   * ```ts
   * for await (const each of api.iterateInventories()) console.log(each);
   * ```
   *
   * @param filter Which rows: all that match every field given.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call. Time limits are of each page.
   * @throws EsimError when the server repeats itself or ends short of its total, and whatever a page fails with
   */
  iterateInventories(filter: InventoryFilter = {}, options: CallOptions & PaginateOptions = {}): AsyncGenerator<Inventory, void, undefined> {
    const wanted = { ...filter };
    return paginate(
      async (range) => (await this.getInventories({ ...wanted, ...range }, options)).data,
      { ...options, rows: "inventories" },
    );
  }

  /**
   * Returns one page of the account's SIMs. All filters given must match; without any, every SIM matches. Groups, inventories and companies are IDs here; `getESIM` has their names too.
   *
   * ```ts
   * const { data } = await api.getESIMs({ count: 20 });
   * ```
   *
   * @param count Maximum number of rows to return. The vendor's sources disagree on the default, 100 or 20; 100 is an assumption, so send the count you need. Default: 100.
   * @param offset Number of rows to skip before the first one returned. Default: 0.
   * @param group Only SIMs of the group with this ID.
   * @param inventory Only SIMs in the inventory with this ID.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: A parameter is malformed. This status is an assumption, by analogy with the list of inventories.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getESIMs(count?: number, offset?: number, group?: number, inventory?: number, options?: CallOptions): Promise<ApiResult<GetESIMsResponse>>;
  /**
   * Returns one page of the account's SIMs. All filters given must match; without any, every SIM matches. Groups, inventories and companies are IDs here; `getESIM` has their names too.
   *
   * ```ts
   * const { data } = await api.getESIMs({ count: 20 });
   * ```
   *
   * @param query Which rows, and which page of them; the same as by position, by name.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: A parameter is malformed. This status is an assumption, by analogy with the list of inventories.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getESIMs(query: GetESIMsQuery, options?: CallOptions): Promise<ApiResult<GetESIMsResponse>>;
  getESIMs(...args: unknown[]): Promise<ApiResult<GetESIMsResponse>> {
    const { query, options } = toQuery("getESIMs", args, { count: "count", offset: "offset", group: "group", inventory: "inventory" });
    return this.call(GET_ESIMS, { query }, options);
  }

  /**
   * Iterates over everything that `getESIMs` lists, fetching pages as it goes; see {@link paginate} for what it promises.
   *
   * ```ts
   * for await (const each of api.iterateESIMs()) console.log(each);
   * ```
   *
   * @param filter Which rows: all that match every field given.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call. Time limits are of each page.
   * @throws EsimError when the server repeats itself or ends short of its total, and whatever a page fails with
   */
  iterateESIMs(filter: ESIMPartialFilter = {}, options: CallOptions & PaginateOptions = {}): AsyncGenerator<ESIMPartial, void, undefined> {
    const wanted = { ...filter };
    return paginate(
      async (range) => (await this.getESIMs({ ...wanted, ...range }, options)).data,
      { ...options, rows: "sims" },
    );
  }

  /**
   * Returns one SIM with the names of its group, inventory and company.
   * @param iccid ICCID of the SIM, 19 or 20 digits. Always a string; as a number it would lose digits.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The ICCID is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws NotFoundError 404: No SIM of the account has this ICCID.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getESIM(iccid: string, options?: CallOptions): Promise<ApiResult<ESIM>> {
    return this.call(GET_ESIM, { path: { iccid } }, options);
  }
}
