import { InvalidArgumentError } from "@commander-js/extra-typings";
import { canCarryKeys } from "./address.ts";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { parseDuration } from "./format/duration.ts";

/** An ICCID, also with the spaces or hyphens that cards are printed with. Its check digit is not looked at: many that are in use fail it. */
export function iccid(text: string): string {
  const digits = asIccid(text);
  if (digits) return digits;
  throw new InvalidArgumentError("An ICCID has 19 or 20 digits.");
}

/** The digits of an ICCID, however they are grouped, and with what else copying brings; `undefined` for anything else. */
export function asIccid(text: string): string | undefined {
  const digits = text.normalize("NFKC").replace(/[\s\p{Pd}\p{Cf}\u2212.]/gu, "");
  return /^\d{19,20}$/.test(digits) ? digits : undefined;
}

/** A package's ID, or an ICCID. An address cannot have one of those that are refused as a part. */
export function packageOrIccid(text: string): string {
  if (/^\.{0,2}$/.test(text) || !text.isWellFormed()) throw new InvalidArgumentError("That cannot be an ID.");
  return asIccid(text) ?? text;
}

/** The name of a profile. */
export function profileName(text: string): string {
  if (/^[A-Za-z0-9][\w.-]{0,63}$/.test(text)) return text;
  throw new InvalidArgumentError(
    "A profile's name has 1 to 64 letters, digits, dots, hyphens or underscores, the first a letter or digit.",
  );
}

/** Where the API is. Checked at once, so that `esim login` never stores what no other command accepts. */
export function address(text: string): string {
  // Whether http may go to another machine, another option says.
  if (canCarryKeys(text, true)) return text;
  // Not as an InvalidArgumentError, with which commander quotes what was given.
  throw new CliError(
    "the API's address has to be https, or http on this machine, without password and query",
    "check --base-url, such as https://esim.betatel.com/api/v1/esim or http://127.0.0.1:4010",
    ExitCode.usage,
  );
}

/** A whole number, 0 or more. */
export function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number, 0 or more.");
}

/** Seconds, or a duration such as 7d. */
export function seconds(text: string): number {
  const value = parseDuration(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError("Give seconds, such as 604800, or a duration, such as 30m, 12h, 7d or 2w.");
}

/** A duration in milliseconds, for a time limit. */
export function milliseconds(text: string): number {
  return seconds(text) * 1000;
}

/** Makes a parser that takes one of these names. */
export function oneOf<Name extends string>(what: string, names: readonly Name[]): (text: string) => Name {
  return (text) => {
    const found = names.find((each) => each === text);
    if (found) return found;
    throw new InvalidArgumentError(`There is no ${what} of that name. Choose from ${names.join(", ")}.`);
  };
}

const STATES = ["NOT_ACTIVE", "ACTIVE", "SUSPENDED", "TERMINATED"] as const;
export type State = (typeof STATES)[number];

/** What `--status` takes, for help and completion. */
export const STATE_CHOICES = STATES.map((each) => each.toLowerCase().replace("_", "-"));

/** A state in any case, with - or _. */
export function state(text: string): State {
  const wanted = text.toUpperCase().replaceAll("-", "_");
  const found = STATES.find((each) => each === wanted);
  if (found) return found;
  throw new InvalidArgumentError(`Choose one of ${STATE_CHOICES.join(", ")}.`);
}
