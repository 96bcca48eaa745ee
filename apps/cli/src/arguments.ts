import { InvalidArgumentError } from "@commander-js/extra-typings";
import { isTrustworthy } from "./address.ts";
import { CliError } from "./cli-error.ts";
import { ExitCode } from "./exit-codes.ts";
import { parseDuration } from "./format/duration.ts";

/** An ICCID. Its check digit is not looked at: many that are in use fail it. */
export function iccid(text: string): string {
  if (/^\d{19,20}$/.test(text)) return text;
  throw new InvalidArgumentError("An ICCID has 19 or 20 digits.");
}

/** A package's ID. An address cannot have one of these as a part. */
export function packageId(text: string): string {
  if (/^\.{0,2}$/.test(text) || !text.isWellFormed()) throw new InvalidArgumentError("That cannot be an ID.");
  return text;
}

/** Where the API is. Checked at once, so that `esim login` never stores what no other command accepts. */
export function address(text: string): string {
  if (isTrustworthy(text)) return text;
  // Not as an InvalidArgumentError, with which commander quotes what was given.
  throw new CliError(
    "Give an https address (http on this machine only), without password and query.",
    "see esim --help",
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

const STATES = ["NOT_ACTIVE", "ACTIVE", "SUSPENDED", "TERMINATED"] as const;
export type State = (typeof STATES)[number];

/** A state in any case, with - or _. */
export function state(text: string): State {
  const wanted = text.toUpperCase().replaceAll("-", "_");
  const found = STATES.find((each) => each === wanted);
  if (found) return found;
  throw new InvalidArgumentError(
    `Choose one of ${STATES.map((each) => each.toLowerCase().replace("_", "-")).join(", ")}.`,
  );
}

/** What `--status` takes, for help and completion. */
export const STATE_CHOICES = STATES.map((each) => each.toLowerCase().replace("_", "-"));
