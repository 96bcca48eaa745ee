import { instant } from "../../format/time.ts";
import { amount } from "../../format/values.ts";

/** A value of the server's: what it says, `undefined` where it says nothing, or that it cannot be read. */
export type Reading = number | undefined | "unreadable";

/** A moment in milliseconds. */
export function readMoment(value: unknown): Reading {
  return isNothing(value) || amount(value) === 0 ? undefined : (instant(value) ?? "unreadable");
}

/** An amount of data, minutes or SMS. */
export function readAmount(value: unknown): Reading {
  return isNothing(value) ? undefined : (amount(value) ?? "unreadable");
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
