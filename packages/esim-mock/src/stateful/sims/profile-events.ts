import { Refusal } from "../../http/refusal.ts";
import { eidOf } from "../seeded-profile.ts";
import type { EUICCProfile, ProfileState } from "../wire.ts";
import type { Line } from "./line.ts";

/** What a device does with a profile. */
export const PROFILE_EVENTS = {
  download: { from: ["RELEASED", "DOWNLOADED", "DELETED"], to: "DOWNLOADED", done: "downloaded" },
  install: { from: ["DOWNLOADED"], to: "INSTALLED", done: "installed" },
  enable: { from: ["INSTALLED", "DISABLED"], to: "ENABLED", done: "enabled" },
  disable: { from: ["ENABLED"], to: "DISABLED", done: "disabled" },
  delete: { from: ["INSTALLED", "DISABLED"], to: "DELETED", done: "deleted" },
} as const satisfies Record<string, { from: readonly ProfileState[]; to: ProfileState; done: string }>;

export type ProfileEvent = keyof typeof PROFILE_EVENTS;

/** The state of a profile after an event. @throws Refusal (400) where the state of the SIM or the profile does not allow it */
export function stateAfter({ sim_status, profile }: Line, event: ProfileEvent): ProfileState {
  const { from, to, done } = PROFILE_EVENTS[event];
  if (sim_status === "TERMINATED" || sim_status === "WAITING_FOR_ASSIGNMENT")
    throw new Refusal(400, `eUICC profile cannot be ${done}: its SIM is ${sim_status}`);
  if (!(from as readonly ProfileState[]).includes(profile.state))
    throw new Refusal(
      400,
      `eUICC profile cannot be ${done}: it is ${profile.state} and must be ${from.join(" or ")}`,
    );
  return to;
}

/** What else a download changes: the first binds the device, later ones are counted. @throws Refusal (400) if none is left */
export function checkedDownload({ iccid, profile }: Line): Partial<EUICCProfile> {
  const eid = profile.eid || eidOf(iccid);
  if (profile.state === "RELEASED") return { eid };
  const { reuse_enabled, reuse_remaining_count: left, profile_reuse_policy } = profile;
  if (!reuse_enabled)
    throw new Refusal(400, "eUICC profile cannot be downloaded again: its reuse is not enabled");
  if (left <= 0)
    throw new Refusal(
      400,
      `eUICC profile cannot be downloaded again: all ${profile_reuse_policy.max_count} repeat downloads are used up`,
    );
  return { eid, reuse_remaining_count: left - 1 };
}
