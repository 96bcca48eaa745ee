// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.

import { type ApiResult, BaseApi } from "../../api/base-api.ts";
import type { CallOptions } from "../../options.ts";
import type { GetEUICCProfileResponse } from "../openapi.ts";
import {
  getEUICCProfile as GET_EUICCPROFILE,
  getQRCode as GET_QRCODE,
} from "../operations.ts";

/**
 * Profiles that devices download (remote SIM provisioning), and their QR codes.
 *
 * Every method rejects with an `EsimApiError` of the status' class (`NotFoundError`, …) for an answer other than success,
 * `EsimConnectionError` or `EsimTimeoutError` without a usable one, `EsimUsageError` for arguments that cannot be sent,
 * and the signal's reason after an abort. After a failed write, `outcomeUnknown` says whether it may have happened.
 */
export class ESIMRSPApi extends BaseApi {
  /**
   * Returns the profile that a device downloads for the SIM, with its state and the activation code that the traveller needs.
   * @param iccid ICCID of the SIM, 19 or 20 digits. Always a string; as a number it would lose digits.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The ICCID is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws NotFoundError 404: No SIM of the account has this ICCID.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getEUICCProfile(iccid: string, options?: CallOptions): Promise<ApiResult<GetEUICCProfileResponse>> {
    return this.call(GET_EUICCPROFILE, { path: { iccid } }, options);
  }

  /**
   * Returns the activation code as an image, which the traveller scans to install the eSIM. That it is a PNG is an assumption: the vendor's sources only say that it is binary.
   * @param iccid ICCID of the SIM, 19 or 20 digits. Always a string; as a number it would lose digits.
   * @param options Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks of this call.
   * @throws BadRequestError 400: The ICCID is malformed.
   * @throws AuthenticationError 401: A key is missing or not valid.
   * @throws NotFoundError 404: No SIM of the account has this ICCID.
   * @throws ServerError 500: The server failed. A write may or may not have happened.
   * @throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason
   */
  getQRCode(iccid: string, options?: CallOptions): Promise<ApiResult<Uint8Array>> {
    return this.call(GET_QRCODE, { path: { iccid } }, options);
  }
}
