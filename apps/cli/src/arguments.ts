import { InvalidArgumentError } from "@commander-js/extra-typings";
import { canCarryKeys } from "./address.ts";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { parseDuration } from "./format/duration.ts";

/** An ICCID, with or without the spaces or hyphens printed on cards. The check digit is not verified: many ICCIDs in use fail it. */
export function iccid(text: string): string {
  const digits = asIccid(text);
  if (digits) return digits;
  throw new InvalidArgumentError("An ICCID has 19 or 20 digits.");
}

/** The digits of an ICCID, however they are grouped and whatever invisible characters were copied along; `undefined` for anything else. */
export function asIccid(text: string): string | undefined {
  const digits = text.normalize("NFKC").replace(/[\s\p{Pd}\p{Cf}\u2212.]/gu, "");
  return /^\d{19,20}$/.test(digits) ? digits : undefined;
}

/** A package ID or an ICCID. Rejects what cannot be a URL path segment. */
export function packageOrIccid(text: string): string {
  if (/^\.{0,2}$/.test(text) || !text.isWellFormed())
    throw new InvalidArgumentError("This is not a package ID or an ICCID.");
  return asIccid(text) ?? text;
}

/** The name of a profile. */
export function profileName(text: string): string {
  if (/^[A-Za-z0-9][\w.-]{0,63}$/.test(text)) return text;
  throw new InvalidArgumentError(
    "A profile name has 1 to 64 letters, digits, dots, hyphens or underscores, and starts with a letter or digit.",
  );
}

/** The base URL. Checked while parsing, so that `esim login` never stores an address that other commands reject. */
export function address(text: string): string {
  // Another option decides whether http to another machine is allowed.
  if (canCarryKeys(text, true)) return text;
  // Not an InvalidArgumentError: commander would quote the value, which may contain a password.
  throw new CliError(
    "the address must be an https URL, or http on this machine, without password and query",
    "correct --base-url, for example https://esim.betatel.com/api/v1/esim or http://127.0.0.1:4010",
    ExitCode.usage,
  );
}

/** A whole number, 0 or more. */
export function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number, 0 or more.");
}

/** A number of seconds, or a duration such as `7d`, in seconds. */
export function seconds(text: string): number {
  const value = parseDuration(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError(
    "Expected seconds, such as 604800, or a duration, such as 30m, 12h, 7d or 2w.",
  );
}

/** The same, in milliseconds. */
export function milliseconds(text: string): number {
  return seconds(text) * 1000;
}

/** Returns a parser that accepts one of these names. */
export function oneOf<Name extends string>(what: string, names: readonly Name[]): (text: string) => Name {
  return (text) => {
    const found = names.find((each) => each === text);
    if (found) return found;
    throw new InvalidArgumentError(`There is no such ${what}. Choose from ${names.join(", ")}.`);
  };
}

const STATES = ["NOT_ACTIVE", "ACTIVE", "SUSPENDED", "TERMINATED"] as const;
export type State = (typeof STATES)[number];

/** The values of `--status`, for help and completion. */
export const STATE_CHOICES = STATES.map((each) => each.toLowerCase().replace("_", "-"));

/** A state, in upper or lower case, with - or _. */
export function state(text: string): State {
  const wanted = text.toUpperCase().replaceAll("-", "_");
  const found = STATES.find((each) => each === wanted);
  if (found) return found;
  throw new InvalidArgumentError(`Choose one of ${STATE_CHOICES.join(", ")}.`);
}
