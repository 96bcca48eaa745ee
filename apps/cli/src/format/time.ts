import { isTerminal } from "../terminal.ts";
import { formatDuration } from "./duration.ts";
import { plain } from "./text.ts";
import { amount } from "./values.ts";

/** How times are written. */
export type TimeStyle = "relative" | "both" | "local" | "utc";

/** At a terminal as `style` says; in pipes ISO 8601 with the zone's offset, and with --utc in UTC, everywhere. */
export function timeStyle(
  style: "relative" | "both",
  { utc }: { readonly utc?: boolean | undefined },
): TimeStyle {
  if (utc) return "utc";
  return isTerminal() ? style : "local";
}

/**
 * A timestamp in milliseconds; the contract's are, and one too small for that is taken for seconds. Services have sent them as text too,
 * and as ISO 8601. `undefined` for none, for 0, and for what cannot be read.
 */
export function instant(value: unknown): number | undefined {
  if (typeof value === "string" && /^\d{4}-/.test(value)) return Date.parse(value) || undefined;
  const number = amount(value);
  if (!number) return undefined;
  const time = number < 1e11 ? number * 1000 : number;
  return Math.abs(time) <= FURTHEST ? time : undefined;
}

/** As far as a Date goes, in milliseconds. */
const FURTHEST = 8.64e15;

/** A timestamp of the server's as text; anything else as it came. */
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

/** How far away a moment is, in one unit: `in 9 h`, `3 d ago`. */
export function relative(at: number, now = Date.now()): string {
  const seconds = Math.trunc((at - now) / 1000);
  if (seconds === 0) return "now";
  const far = formatDuration(Math.abs(seconds), 1);
  return seconds > 0 ? `in ${far}` : `${far} ago`;
}

/** With the offset of this machine's zone at that moment. Written piece by piece, since a long list has one in each row. */
function localIso(at: number): string {
  const date = new Date(at);
  const offset = -date.getTimezoneOffset();
  const far = Math.abs(offset);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day}T${clock}${offset < 0 ? "-" : "+"}${two(Math.floor(far / 60))}:${two(far % 60)}`;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}
