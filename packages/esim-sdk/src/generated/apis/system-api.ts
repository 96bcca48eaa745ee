// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

import { type ApiResult, BaseApi } from "../../api/base-api.ts";
import type { CallOptions } from "../../options.ts";
import type { StatusResponse, operations } from "../openapi.ts";
import {
  getStatus as GET_STATUS,
} from "../operations.ts";

/**
 * The service itself.
 *
 * Every method rejects with an `EsimApiError` of the status' class (`NotFoundError`, …) for an answer other than success,
 * `EsimConnectionError` or `EsimTimeoutError` without a usable one, `EsimUsageError` for arguments that cannot be sent,
 * and the signal's reason after an abort. After a failed write, `outcomeUnknown` says whether it may have happened.
 */
export class SystemApi extends BaseApi {
  protected override get needsKeys(): boolean {
    return false;
  }

  /**
   * Reports whether the service is up. That it takes no keys, and that its address is one level above the other operations', is an assumption.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws ServerError 503: The service is down.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getStatus(options?: CallOptions): Promise<ApiResult<StatusResponse>> {
    return this.call(GET_STATUS, {  }, options);
  }
}
