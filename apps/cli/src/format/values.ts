import { stripVTControlCharacters, styleText } from "node:util";
import { formatDuration } from "./duration.ts";

/** What stands for 0, "not yet" and what is missing. */
export const NOTHING = "–";

/** Text of the server's as one line without control characters, which could drive the terminal. */
export function plain(value: unknown): string {
  if (value === undefined || value === null || value === "") return NOTHING;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return stripVTControlCharacters(text)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** Bytes in the largest unit that leaves a whole one; 1 GB is 1073741824 bytes. */
export function bytes(value: unknown): string {
  if (typeof value !== "number") return plain(value);
  const units = ["B", "KB", "MB", "GB", "TB"];
  const power = value < 1 ? 0 : Math.min(Math.floor(Math.log(value) / Math.log(1024)), units.length - 1);
  const amount = value / 1024 ** power;
  return `${Number.isInteger(amount) ? amount : amount.toFixed(1)} ${units[power]}`;
}

/** Local date and time of a timestamp. The contract's are milliseconds; one too small for that is taken for seconds. */
export function date(value: unknown): string {
  if (typeof value !== "number" || value === 0) return plain(value || undefined);
  const time = new Date(value < 1e11 ? value * 1000 : value);
  if (Number.isNaN(time.getTime())) return plain(value);
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** Seconds in days and hours. */
export function duration(value: unknown): string {
  return typeof value === "number" && value >= 0 ? formatDuration(value) : plain(value);
}

const COLOURS: Readonly<Record<string, "green" | "yellow" | "red" | "dim">> = {
  ACTIVE: "green",
  NOT_ACTIVE: "yellow",
  SUSPENDED: "red",
  TERMINATED: "dim",
};

/** The state, coloured if that is wanted. An unknown one is shown as it is. */
export function status(value: unknown, coloured: boolean): string {
  const text = plain(value);
  const colour = Object.hasOwn(COLOURS, text) && COLOURS[text];
  return coloured && colour ? styleText(colour, text, { validateStream: false }) : text;
}
