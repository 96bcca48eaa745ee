import type { PackageTemplate, TimeAllowance } from "./wire.ts";

const SECONDS: Readonly<Record<TimeAllowance["unit"], number>> = {
  SECOND: 1,
  MINUTE: 60,
  HOUR: 3_600,
  DAY: 86_400,
  WEEK: 604_800,
  // The contract does not define the length of a month; packages last seconds, so the mock does.
  MONTH: 2_592_000,
  // The longest possible, for limits; the actual length depends on when it begins.
  CALENDAR_MONTH: 2_678_400,
  YEAR: 31_536_000,
};

/**
 * The longest that a package can last or wait: more than 3,000 years. With this and the limits of the clock and of seeds, every time
 * can be stored and written as a date.
 */
export const MAX_SECONDS = 100_000_000_000;

/** The last valid JavaScript date. */
export const MAX_DATE = 8.64e15;

/** For a template without a limit on how long its packages can wait. */
export const DEFAULT_WINDOW_SECONDS = 31_536_000;

/** The longest that a template's packages last. */
export function secondsOf({ time_allowance: { unit, duration } }: PackageTemplate): number {
  return SECONDS[unit] * duration;
}

/** How long a package that begins at a given time lasts: seconds and, if the template has them, calendar months. */
export function lengthFrom(template: PackageTemplate, begin: number): { seconds: number; months: number } {
  const { unit, duration } = template.time_allowance;
  if (unit !== "CALENDAR_MONTH") return { seconds: secondsOf(template), months: 0 };
  return { seconds: secondsOfMonths(begin, duration), months: duration };
}

/** The seconds to the same day and time some months later, in UTC, or to that month's last day if it is shorter. */
export function secondsOfMonths(begin: number, months: number): number {
  const date = new Date(begin);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return (date.getTime() - begin) / 1000;
}
