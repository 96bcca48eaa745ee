import { createHash } from "node:crypto";
import type { EUICCProfile, ProfileState } from "./wire.ts";

/** Without characters that are easily confused. */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** States with an activation code to scan. */
const WITH_CODE: readonly ProfileState[] = ["RELEASED", "DOWNLOADED", "INSTALLED", "ENABLED", "DISABLED"];

/** States before a device has been bound. */
const BEFORE_DEVICE: readonly ProfileState[] = ["AVAILABLE", "ALLOCATED", "LINKED", "CONFIRMED", "RELEASED"];

const FURTHER_DOWNLOADS = 5;

/** What a profile is generated from. */
export interface ProfileOrigin {
  readonly iccid: string;
  readonly imsi: number;
  readonly created: number;
  readonly modified: number;
}

/** The eUICC profile of a SIM in a given state, always the same for the same SIM. */
export function profileOf(
  { iccid, imsi, created, modified }: ProfileOrigin,
  state: ProfileState,
): EUICCProfile {
  const isUntouched = state === "AVAILABLE";
  return {
    iccid,
    imsi: imsi === 0 ? "" : String(imsi).padStart(15, "0"),
    state,
    last_operation_date: isUntouched ? 0 : modified,
    activation_code: WITH_CODE.includes(state) ? `LPA:1$smdp.example.com$${matchingId(iccid)}` : "",
    reuse_remaining_count: FURTHER_DOWNLOADS,
    reuse_enabled: true,
    profile_reuse_policy: { reuse_type: "SAME_EID_MID", max_count: FURTHER_DOWNLOADS },
    release_date: isUntouched ? 0 : created,
    cc_required: false,
    cc_retries: 0,
    eid: BEFORE_DEVICE.includes(state) || state === "UNAVAILABLE" ? "" : eidOf(iccid),
  };
}

/** The EID of the device that a SIM's profile is downloaded to: 32 digits, the last two of them check digits (SGP.02). */
export function eidOf(iccid: string): string {
  const body = `89049032000001${iccid.slice(-16)}`;
  const check = 98n - ((BigInt(body) * 100n) % 97n);
  return `${body}${String(check).padStart(2, "0")}`;
}

function matchingId(iccid: string): string {
  const letters = [...createHash("sha256").update(iccid).digest().subarray(0, 16)].map(
    (byte) => LETTERS[byte % 32],
  );
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join("")).join("-");
}
