// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

import { type ApiResult, BaseApi } from "../../api/base-api.ts";
import type { CallOptions } from "../../options.ts";
import type { GetPCRProfileResponse, ModifyPCRProfileRequest } from "../openapi.ts";
import {
  getPCRProfile as GET_PCRPROFILE,
  modifyPCRProfile as MODIFY_PCRPROFILE,
} from "../operations.ts";

/**
 * How a SIM may use the network: its services, speed and wallet.
 *
 * Every method rejects with an `EsimApiError` of the status' class (`NotFoundError`, …) for an answer other than success,
 * `EsimConnectionError` or `EsimTimeoutError` without a usable one, `EsimUsageError` for arguments that cannot be sent,
 * and the signal's reason after an abort. After a failed write, `outcomeUnknown` says whether it may have happened.
 */
export class PCRProfileApi extends BaseApi {
  /**
   * Returns how the SIM may use the network: its services, speed and wallet.
   * @param iccid ICCID of the SIM, 19 or 20 digits. Always a string; as a number it would lose digits.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The ICCID is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws NotFoundError 404: No SIM of the account has this ICCID.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getPCRProfile(iccid: string, options?: CallOptions): Promise<ApiResult<GetPCRProfileResponse>> {
    return this.call(GET_PCRPROFILE, { path: { iccid } }, options);
  }

  /**
   * Changes the fields in the body. That it leaves all others unchanged is an assumption. To suspend a line, switch its services off; its packages do not change.
   *
   * When it fails with `outcomeUnknown`, it may have happened: look before you try again.
   * @param iccid ICCID of the SIM, 19 or 20 digits. Always a string; as a number it would lose digits.
   * @param modifyPCRProfileRequest What to change. Every field is optional, but an object that has a `state` needs it.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The ICCID or the request body is malformed. This status is an assumption, by analogy with `createPackage`.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws NotFoundError 404: No SIM of the account has this ICCID.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  modifyPCRProfile(iccid: string, modifyPCRProfileRequest: ModifyPCRProfileRequest, options?: CallOptions): Promise<ApiResult<boolean>> {
    return this.call(MODIFY_PCRPROFILE, { path: { iccid }, body: modifyPCRProfileRequest }, options);
  }
}
