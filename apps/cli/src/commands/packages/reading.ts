import { instant } from "../../format/time.ts";

/** A value of the server's: what it says, `undefined` where it says nothing, or that it cannot be read. */
export type Reading = number | undefined | "unreadable";

/** A moment in milliseconds. The contract has numbers; services have sent them as text, and dates as ISO 8601. */
export function readMoment(value: unknown): Reading {
  if (isNothing(value) || value === 0 || value === "0") return undefined;
  const number = readAmount(value);
  if (typeof number === "number") return instant(number) ?? "unreadable";
  const parsed = typeof value === "string" && /^\d{4}-/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? "unreadable" : parsed;
}

/** An amount of data, minutes or SMS. */
export function readAmount(value: unknown): Reading {
  if (isNothing(value)) return undefined;
  const isNumber = typeof value === "number" || (typeof value === "string" && /^-?\d+$/.test(value));
  return isNumber && Number.isFinite(Number(value)) ? Number(value) : "unreadable";
}

function isNothing(value: unknown): value is undefined | null | "" {
  return value === undefined || value === null || value === "";
}
