// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

import { type ApiResult, BaseApi } from "../../api/base-api.ts";
import { toQuery } from "../../api/query.ts";
import type { CallOptions } from "../../options.ts";
import { type PaginateOptions, paginate } from "../../paginate.ts";
import type { Country, GetCountriesResponse } from "../openapi.ts";
import {
  getCountries as GET_COUNTRIES,
} from "../operations.ts";

/** What to look for with `iterateCountries`: all that matches every field given. */
export interface CountryFilter {
}

/** What to look for with `getCountries`, and which page of it. */
export interface GetCountriesQuery extends CountryFilter {
  /** Maximum number of rows to return. The vendor's sources disagree on the default, 100 or 20; 100 is an assumption, so send the count you need. Default: 100. */
  count?: number | undefined;
  /** Number of rows to skip before the first one returned. Default: 0. */
  offset?: number | undefined;
}

/**
 * Countries and their ISO codes.
 *
 * Every method rejects with an `EsimApiError` of the status' class (`NotFoundError`, …) for an answer other than success,
 * `EsimConnectionError` or `EsimTimeoutError` without a usable one, `EsimUsageError` for arguments that cannot be sent,
 * and the signal's reason after an abort. After a failed write, `outcomeUnknown` says whether it may have happened.
 */
export class CoreApi extends BaseApi {
  /**
   * Returns one page of the countries that the service knows.
   *
   * ```ts
   * const { data } = await api.getCountries({ count: 20 });
   * ```
   *
   * @param count Maximum number of rows to return. The vendor's sources disagree on the default, 100 or 20; 100 is an assumption, so send the count you need. Default: 100.
   * @param offset Number of rows to skip before the first one returned. Default: 0.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: A parameter is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. This status is an assumption, by analogy with the other lists.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getCountries(count?: number, offset?: number, options?: CallOptions): Promise<ApiResult<GetCountriesResponse>>;
  /**
   * Returns one page of the countries that the service knows.
   *
   * ```ts
   * const { data } = await api.getCountries({ count: 20 });
   * ```
   *
   * @param query Which rows, and which page of them; the same as by position, by name.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: A parameter is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws ServerError 500: The server failed. This status is an assumption, by analogy with the other lists.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getCountries(query: GetCountriesQuery, options?: CallOptions): Promise<ApiResult<GetCountriesResponse>>;
  getCountries(...args: unknown[]): Promise<ApiResult<GetCountriesResponse>> {
    const { query, options } = toQuery("getCountries", args, { count: "count", offset: "offset" });
    return this.call(GET_COUNTRIES, { query }, options);
  }

  /**
   * Iterates over everything that `getCountries` lists, fetching pages as it goes; see {@link paginate} for what it promises.
   *
   * ```ts
   * for await (const each of api.iterateCountries()) console.log(each);
   * ```
   *
   * @param filter Which rows: all that match every field given.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call. Time limits are of each page.
   * @throws EsimError when the server repeats itself or ends short of its total, and whatever a page fails with
   */
  iterateCountries(filter: CountryFilter = {}, options: CallOptions & PaginateOptions = {}): AsyncGenerator<Country, void, undefined> {
    const wanted = { ...filter };
    return paginate(
      async (range) => (await this.getCountries({ ...wanted, ...range }, options)).data,
      { ...options, rows: "countries" },
    );
  }
}
