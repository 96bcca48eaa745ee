import type { CreateTimeAllowance } from "@betatelltd/esim-sdk";
import { InvalidArgumentError } from "@commander-js/extra-typings";
import { parseDuration } from "../../format/duration.ts";
import { parseBytes } from "../../format/sizes.ts";

/** Parses an amount of data, in bytes. */
export function dataSize(text: string): number {
  const bytes = parseBytes(text);
  if (bytes !== undefined) return bytes;
  throw new InvalidArgumentError("Expected an amount of data, such as 5GB, 500MB or a number of bytes.");
}

/** Parses how long packages last: in seconds, or in calendar months. */
export function lasting(text: string): CreateTimeAllowance {
  const [, months] = /^(\d{1,4})\s*months?$/i.exec(text.trim()) ?? [];
  if (Number(months) > 0) return { unit: "CALENDAR_MONTH", duration: Number(months) };
  const seconds = months === undefined ? parseDuration(text) : undefined;
  if (seconds) return { unit: "SECOND", duration: seconds };
  throw new InvalidArgumentError("Expected a duration, such as 7d, 12h, 2w, 1month or 3months.");
}

/** Parses three-letter country codes. The flag may have several, and may be repeated. */
export function countryCodes(text: string, before: readonly string[] = []): readonly string[] {
  const given = text
    .split(/[\s,]+/)
    .filter((each) => each !== "")
    .map((each) => each.toUpperCase());
  const invalid = given.find((each) => !/^[A-Z]{3}$/.test(each));
  if (given.length === 0 || invalid !== undefined)
    throw new InvalidArgumentError(
      "Expected three-letter ISO 3166 codes, such as DEU,FRA; `esim countries SEARCH` finds them.",
    );
  return [...new Set([...before, ...given])];
}

/** Parses the start of a day, or a moment in ISO 8601, in milliseconds. */
export function from(text: string): number {
  return moment(text, (year, month, day) => new Date(year, month, day));
}

/** Parses the end of a day, or a moment in ISO 8601, in milliseconds. */
export function until(text: string): number {
  return moment(text, (year, month, day) => new Date(year, month, day, 23, 59, 59, 999));
}

/** Days are in this machine's time zone, as displayed times are. */
function moment(text: string, ofDay: (year: number, month: number, day: number) => Date): number {
  const [, ...parts] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim()) ?? [];
  const [year = Number.NaN, month = 1, day = 1] = parts.map(Number);
  const date = parts.length > 0 ? ofDay(year, month - 1, day) : isoMoment(text.trim());
  const isReal = parts.length === 0 || (date.getMonth() === month - 1 && date.getDate() === day);
  const time = date.getTime();
  if (isReal && time >= 0) return time;
  throw new InvalidArgumentError(
    "Expected a day, such as 2027-01-31, or a moment, such as 2027-01-31T12:00:00Z.",
  );
}

function isoMoment(text: string): Date {
  return new Date(/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? text : Number.NaN);
}
