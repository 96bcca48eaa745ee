import type { PackageTemplate, TimeAllowance } from "./wire.ts";

const SECONDS: Readonly<Record<TimeAllowance["unit"], number>> = {
  SECOND: 1,
  MINUTE: 60,
  HOUR: 3_600,
  DAY: 86_400,
  WEEK: 604_800,
  // The contract gives months no length; the clock of a package runs in seconds, so the mock gives them one.
  MONTH: 2_592_000,
  CALENDAR_MONTH: 2_592_000,
  YEAR: 31_536_000,
};

/**
 * No package lasts or waits longer: more than 3,000 years. With this and the limits of the clock and of a seed, every time can be
 * stored and written as a date.
 */
export const MAX_SECONDS = 100_000_000_000;

/** For a template that does not say how long its packages can wait. */
export const DEFAULT_WINDOW_SECONDS = 31_536_000;

/** How long a template's packages last. */
export function secondsOf({ time_allowance: { unit, duration } }: PackageTemplate): number {
  return SECONDS[unit] * duration;
}
