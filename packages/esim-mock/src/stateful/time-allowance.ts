import type { PackageTemplate, TimeAllowance } from "./wire.ts";

const SECONDS: Readonly<Record<TimeAllowance["unit"], number>> = {
  SECOND: 1,
  MINUTE: 60,
  HOUR: 3_600,
  DAY: 86_400,
  WEEK: 604_800,
  // The contract gives months no length; the clock of a package runs in seconds, so the mock gives them one.
  MONTH: 2_592_000,
  // The longest there is, for limits; how long one is depends on when it begins.
  CALENDAR_MONTH: 2_678_400,
  YEAR: 31_536_000,
};

/**
 * No package lasts or waits longer: more than 3,000 years. With this and the limits of the clock and of a seed, every time can be
 * stored and written as a date.
 */
export const MAX_SECONDS = 100_000_000_000;

/** The last millisecond of JavaScript's dates. */
export const MAX_DATE = 8.64e15;

/** For a template that does not say how long its packages can wait. */
export const DEFAULT_WINDOW_SECONDS = 31_536_000;

/** How long a template's packages last at most. */
export function secondsOf({ time_allowance: { unit, duration } }: PackageTemplate): number {
  return SECONDS[unit] * duration;
}

/** How long a package of a template lasts that begins at a time: seconds, and the calendar months that they are, if any. */
export function lengthFrom(template: PackageTemplate, begin: number): { seconds: number; months: number } {
  const { unit, duration } = template.time_allowance;
  if (unit !== "CALENDAR_MONTH") return { seconds: secondsOf(template), months: 0 };
  return { seconds: secondsOfMonths(begin, duration), months: duration };
}

/** From a time to the same time on the same day some months later, in UTC, or on that month's last day where it has no such day. */
export function secondsOfMonths(begin: number, months: number): number {
  const date = new Date(begin);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return (date.getTime() - begin) / 1000;
}
