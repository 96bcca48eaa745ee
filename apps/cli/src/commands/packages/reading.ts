import { instant } from "../../format/time.ts";
import { amount } from "../../format/values.ts";

/** A number from the server; `undefined` if it is missing. */
export type Reading = number | undefined | "unreadable";

/** Reads a timestamp, in milliseconds. */
export function readMoment(value: unknown): Reading {
  return isNothing(value) || amount(value) === 0 ? undefined : (instant(value) ?? "unreadable");
}

/** Reads an amount of data, minutes or SMS. */
export function readAmount(value: unknown): Reading {
  return isNothing(value) ? undefined : (amount(value) ?? "unreadable");
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
