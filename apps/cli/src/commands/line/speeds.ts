import { ModifyPCRProfileDataActiveThrottlingEnum as Speed } from "@betatelltd/esim-sdk";
import { InvalidArgumentError } from "@commander-js/extra-typings";
import { plain } from "../../format/text.ts";

/** No speed limit. */
export const NO_LIMIT: Speed = Speed.NoLimit;

/** The contract's speeds, by their values of `--speed`: `500k`, or `none`. */
const NAMES = new Map<string, Speed>(Object.values(Speed).map((each) => [nameOf(each), each]));

/** The values of `--speed`, for help and completion. */
export const SPEED_CHOICES = [...NAMES.keys()];

/** Parses a speed in kbit/s or Mbit/s. */
export function speed(text: string): Speed {
  const [, digits, unit] = /^(\d+)\s*(k|m)?(?:bps|bit\/s|b)?$/i.exec(text.trim()) ?? [];
  const kbits = Number(digits) * (/m/i.test(unit ?? "") ? 1_000 : 1);
  const found = NAMES.get(digits === undefined ? text.trim().toLowerCase() : `${kbits}k`);
  if (found) return found;
  throw new InvalidArgumentError(`There is no such speed. Choose one of ${SPEED_CHOICES.join(", ")}.`);
}

/** A speed limit in words: `at most 500 kbit/s`, `no limit`. */
export function speedLabel(value: unknown): string {
  if (value === NO_LIMIT) return "no limit";
  const kbits = typeof value === "string" ? kbitsOf(value) : undefined;
  return kbits ? `at most ${kbits} kbit/s` : plain(value);
}

function nameOf(value: Speed): string {
  return value === NO_LIMIT ? "none" : `${kbitsOf(value)}k`;
}

function kbitsOf(value: string): string | undefined {
  return /^SPEED_(\d+)_KBPS$/.exec(value)?.[1];
}
