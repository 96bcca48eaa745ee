import { styleText } from "node:util";
import { formatDuration } from "./duration.ts";
import { plain } from "./text.ts";

/** A number, possibly sent as text; `undefined` for anything else. */
export function amount(value: unknown): number | undefined {
  const isNumber = typeof value === "number" || (typeof value === "string" && /^-?\d+$/.test(value));
  return isNumber && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

/** Bytes in the largest unit of which there is at least one; 1 GB is 1073741824 bytes. */
export function bytes(given: unknown): string {
  const value = amount(given);
  if (value === undefined) return plain(given);
  const units = ["B", "KB", "MB", "GB", "TB"];
  const power = value < 1 ? 0 : Math.min(Math.floor(Math.log(value) / Math.log(1024)), units.length - 1);
  const scaled = value / 1024 ** power;
  return `${Number.isInteger(scaled) ? scaled : scaled.toFixed(1)} ${units[power]}`;
}

/** A number, including 0. */
export function number(value: unknown): string {
  return value === 0 ? "0" : plain(value);
}

/** A number of seconds as a duration. */
export function duration(value: unknown): string {
  return typeof value === "number" && value >= 0 ? formatDuration(value) : plain(value);
}

/** A part of a whole as a whole percentage; `undefined` if either is missing. */
export function percent(part: unknown, whole: unknown): string | undefined {
  if (typeof part !== "number" || typeof whole !== "number" || whole <= 0) return undefined;
  const share = Math.round((part / whole) * 100);
  return share === 0 && part > 0 ? "less than 1 %" : `${share} %`;
}

/** The colours in use. */
export type Colour = "green" | "yellow" | "red" | "dim" | "bold";

/** Colours a text, if wanted. */
export function colour(text: string, name: Colour | undefined, isWanted: boolean): string {
  return isWanted && name ? styleText(name, text, { validateStream: false }) : text;
}
