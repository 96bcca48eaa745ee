import { type PackageTemplate, timeUnits } from "./wire.ts";

/** For a template that does not say how long its packages can wait. */
export const DEFAULT_WINDOW_SECONDS = 31_536_000;

/** How long a template's packages last. */
export function secondsOf({ time_allowance: { unit, duration } }: PackageTemplate): number {
  return timeUnits[unit] * duration;
}
