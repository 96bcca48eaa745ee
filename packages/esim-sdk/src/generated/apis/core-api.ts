// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

import { type ApiResult, BaseApi } from "../../api/base-api.ts";
import { toQuery } from "../../api/query.ts";
import type { CallOptions } from "../../options.ts";
import { type PaginateOptions, paginate } from "../../paginate.ts";
import type { Country, GetCountriesResponse } from "../openapi.ts";
import {
  getCountries as GET_COUNTRIES,
} from "../operations.ts";

/** Filters for `iterateCountries`. Rows must match every field that is set. */
export interface CountryFilter {
}

/** Filters and page for `getCountries`. */
export interface GetCountriesQuery extends CountryFilter {
  /** Maximum number of rows to return. The vendor's sources disagree on the default, 100 or 20; 100 is an assumption, so send the count you need. Default: 100. */
  count?: number | undefined;
  /** Number of rows to skip before the first one returned. Default: 0. */
  offset?: number | undefined;
}

/**
 * Countries and their ISO codes.
 *
 * Every method rejects with a subclass of `EsimApiError` (`NotFoundError`, …) for any response other than success,
 * `EsimConnectionError` or `EsimTimeoutError` if there is no response, `EsimUsageError` for arguments that cannot be sent,
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
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks for this call.
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
   * @param query Filters and page, by name; the same as the positional arguments.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks for this call.
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
   * Iterates over everything that `getCountries` lists, fetching pages as it goes; see {@link paginate} for its guarantees.
   *
   * ```ts
   * for await (const each of api.iterateCountries()) console.log(each);
   * ```
   *
   * @param filter Which rows to return: those that match every field that is set.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks for this call. Time limits apply to each page.
   * @throws EsimError if the server repeats itself or ends before its total, and any error of a page request
   */
  iterateCountries(filter: CountryFilter = {}, options: CallOptions & PaginateOptions = {}): AsyncGenerator<Country, void, undefined> {
    const wanted = { ...filter };
    return paginate(
      async (range) => (await this.getCountries({ ...wanted, ...range }, options)).data,
      { ...options, rows: "countries" },
    );
  }
}
