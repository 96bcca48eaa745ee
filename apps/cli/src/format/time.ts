import { isTerminal } from "../terminal.ts";
import { formatDuration } from "./duration.ts";
import { plain } from "./text.ts";
import { amount } from "./values.ts";

/** How to format times. */
export type TimeStyle = "relative" | "both" | "local" | "utc";

/** `style` at a terminal, and ISO 8601 with the zone's offset in pipes; with --utc, ISO 8601 in UTC in both. */
export function timeStyle(
  style: "relative" | "both",
  { utc }: { readonly utc?: boolean | undefined },
): TimeStyle {
  if (utc) return "utc";
  return isTerminal() ? style : "local";
}

/**
 * A timestamp in milliseconds, as in the contract; one too small for that is read as seconds. Servers have also sent numbers as text, and
 * ISO 8601. `undefined` for a missing one, 0, and anything that cannot be parsed.
 */
export function instant(value: unknown): number | undefined {
  if (typeof value === "string" && /^\d{4}-/.test(value)) return Date.parse(value) || undefined;
  const number = amount(value);
  if (!number) return undefined;
  const time = number < 1e11 ? number * 1000 : number;
  return Math.abs(time) <= MAX_TIME ? time : undefined;
}

/** The largest value of a Date, in milliseconds. */
const MAX_TIME = 8.64e15;

/** Formats a timestamp from the server; anything else is printed as received. */
export function time(value: unknown, style: TimeStyle, now = Date.now()): string {
  const at = instant(value);
  if (at === undefined) return plain(value || undefined);
  if (style === "utc") return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  if (style === "relative") return relative(at, now);
  if (style === "both") return `${minute(at)} (${relative(at, now)})`;
  return localIso(at);
}

/** Local date and time to the minute: `2025-10-31 18:25`. */
export function minute(at: number): string {
  return localIso(at).slice(0, 16).replace("T", " ");
}

/** The distance to a moment, in one unit: `in 9 h`, `3 d ago`. */
export function relative(at: number, now = Date.now()): string {
  const seconds = Math.trunc((at - now) / 1000);
  if (seconds === 0) return "now";
  const distance = formatDuration(Math.abs(seconds), 1);
  return seconds > 0 ? `in ${distance}` : `${distance} ago`;
}

/** ISO 8601 with this machine's zone offset at that moment. Assembled by hand for speed: a long list has one in every row. */
function localIso(at: number): string {
  const date = new Date(at);
  const offset = -date.getTimezoneOffset();
  const minutes = Math.abs(offset);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day}T${clock}${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}
