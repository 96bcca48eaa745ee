import { styleText } from "node:util";
import { formatDuration } from "./duration.ts";
import { plain } from "./text.ts";

/** A number, also where it came as text; `undefined` for anything else. */
export function amount(value: unknown): number | undefined {
  const isNumber = typeof value === "number" || (typeof value === "string" && /^-?\d+$/.test(value));
  return isNumber && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

/** Bytes in the largest unit that leaves a whole one; 1 GB is 1073741824 bytes. */
export function bytes(given: unknown): string {
  const value = amount(given);
  if (value === undefined) return plain(given);
  const units = ["B", "KB", "MB", "GB", "TB"];
  const power = value < 1 ? 0 : Math.min(Math.floor(Math.log(value) / Math.log(1024)), units.length - 1);
  const many = value / 1024 ** power;
  return `${Number.isInteger(many) ? many : many.toFixed(1)} ${units[power]}`;
}

/** A number; 0 too, which elsewhere means "not yet". */
export function number(value: unknown): string {
  return value === 0 ? "0" : plain(value);
}

/** Seconds in days and hours. */
export function duration(value: unknown): string {
  return typeof value === "number" && value >= 0 ? formatDuration(value) : plain(value);
}

/** A part of a whole in whole percent; `undefined` where one of them is missing. */
export function percent(part: unknown, whole: unknown): string | undefined {
  if (typeof part !== "number" || typeof whole !== "number" || whole <= 0) return undefined;
  const share = Math.round((part / whole) * 100);
  return share === 0 && part > 0 ? "less than 1 %" : `${share} %`;
}

/** The colours that we use. */
export type Colour = "green" | "yellow" | "red" | "dim" | "bold";

/** Text in a colour, if that is wanted. */
export function colour(text: string, name: Colour | undefined, isWanted: boolean): string {
  return isWanted && name ? styleText(name, text, { validateStream: false }) : text;
}
