import { asRow } from "../listing/row.ts";
import { formatDuration } from "./duration.ts";
import { plain } from "./text.ts";
import { amount } from "./values.ts";

/** Seconds of the units that have a fixed number of them. */
const SECONDS: Readonly<Record<string, number>> = {
  SECOND: 1,
  MINUTE: 60,
  HOUR: 3_600,
  DAY: 86_400,
  WEEK: 604_800,
};

/** How long something lasts: `7 d`, `1 month`. A number alone is seconds. */
export function timeAllowance(value: unknown): string {
  const seconds = secondsOf(value);
  if (seconds !== undefined) return formatDuration(seconds);
  const { unit, duration } = asRow(value);
  const many = amount(duration);
  if (many === undefined || typeof unit !== "string") return plain(value);
  const name = plain(unit)
    .replace(/^CALENDAR_/, "")
    .toLowerCase();
  return `${many} ${name}${many === 1 ? "" : "s"}`;
}

/** How many seconds it lasts, to sort by: a month counts 30 days and a year 365. */
export function roughSeconds(value: unknown): number | undefined {
  const { unit, duration } = asRow(value);
  const days = /MONTH$/.test(`${unit}`) ? 30 : unit === "YEAR" ? 365 : undefined;
  const many = amount(duration);
  return days && many !== undefined ? many * days * 86_400 : secondsOf(value);
}

function secondsOf(value: unknown): number | undefined {
  if (typeof value === "number") return value >= 0 ? value : undefined;
  const { unit, duration } = asRow(value);
  const many = amount(duration);
  const size = typeof unit === "string" && Object.hasOwn(SECONDS, unit) ? SECONDS[unit] : undefined;
  return many !== undefined && many >= 0 && size !== undefined ? many * size : undefined;
}
