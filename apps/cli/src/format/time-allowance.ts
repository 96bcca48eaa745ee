import { asRow } from "../listing/row.ts";
import { formatDuration } from "./duration.ts";
import { plain } from "./text.ts";
import { amount } from "./values.ts";

/** The units of fixed length, in seconds. */
const SECONDS: Readonly<Record<string, number>> = {
  SECOND: 1,
  MINUTE: 60,
  HOUR: 3_600,
  DAY: 86_400,
  WEEK: 604_800,
};

/** Formats a time allowance: `7 d`, `1 month`. A bare number is seconds. */
export function timeAllowance(value: unknown): string {
  const seconds = secondsOf(value);
  if (seconds !== undefined) return formatDuration(seconds);
  const { unit, duration } = asRow(value);
  const count = amount(duration);
  if (count === undefined || typeof unit !== "string") return plain(value);
  const name = plain(unit)
    .replace(/^CALENDAR_/, "")
    .toLowerCase();
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

/** An approximate number of seconds to sort by: a month counts as 30 days and a year as 365. */
export function roughSeconds(value: unknown): number | undefined {
  const { unit, duration } = asRow(value);
  const days = /MONTH$/.test(`${unit}`) ? 30 : unit === "YEAR" ? 365 : undefined;
  const count = amount(duration);
  return days && count !== undefined ? count * days * 86_400 : secondsOf(value);
}

function secondsOf(value: unknown): number | undefined {
  if (typeof value === "number") return value >= 0 ? value : undefined;
  const { unit, duration } = asRow(value);
  const count = amount(duration);
  const size = typeof unit === "string" && Object.hasOwn(SECONDS, unit) ? SECONDS[unit] : undefined;
  return count !== undefined && count >= 0 && size !== undefined ? count * size : undefined;
}
