import { kindOf } from "../kind-of.ts";

/** A header and its value. */
export type Key = readonly [name: string, key: string];

/** Replaces every occurrence of a key. */
export type Redact = (text: string) => string;

/** Shorter ones are no secret, and replacing a user ID of `1` would garble every message. */
const SHORTEST_SECRET = 6;

/** Makes a function that takes keys out of text, for when a server or a proxy quotes the request back. */
export function redactor(keys: readonly Key[]): Redact {
  const secrets = keys.map(([, key]) => key).filter((key) => key.length >= SHORTEST_SECRET);
  // Missing on some platforms, which then cannot write it so either.
  const encoded = secrets.map((key) => globalThis.btoa?.(key).replace(/=+$/, "") ?? key);
  const spellings = [...secrets, ...encoded]
    // The user ID may be part of the API key, and must not leave the rest of it.
    .sort((a, b) => b.length - a.length)
    .map((each) => [...each].map(spellingsOf).join(""));
  if (spellings.length === 0) return (text) => text;
  const pattern = new RegExp(spellings.join("|"), "g");
  return (text) => text.replace(pattern, "[redacted]");
}

const NAMED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&apos;" };

/** A character as it is, or as JSON, addresses and pages write it: some of them escape more than they have to. */
function spellingsOf(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const code = character.charCodeAt(0);
  const hex = code
    .toString(16)
    .padStart(2, "0")
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const plain = character.replace(/[\^$\\.*+?()[\]{}|/-]/g, "\\$&");
  // base64url has - and _ where base64 has + and /.
  const url = { "+": "|-", "/": "|_" }[character] ?? "";
  const named = NAMED[character] ? `|${NAMED[character]}` : "";
  return `(?:\\\\*(?:${plain}|u00${hex}|x${hex})|%(?:25)*${hex}|&#(?:0*${code}|[xX]0*${hex});${named}${url})`;
}

/** A chain of causes is followed so far. */
const DEEPEST_CAUSE = 20;

/**
 * What lies at the bottom of an error, as a new error without keys: fetch says no more than that it failed, and a custom one may attach
 * the whole request to what it throws. It bears everything that can be thrown: cycles, getters that throw, no error at all.
 */
export function rootCause(thrown: unknown, redact: Redact): Error & { readonly code: string | undefined } {
  let bottom = thrown;
  for (let depth = 0; depth < DEEPEST_CAUSE; depth++) {
    const cause = read(bottom, "cause");
    if (!cause) break;
    bottom = cause;
  }
  const code = text(read(bottom, "code"));
  const message = text(read(bottom, "message")) || text(bottom) || code || "nothing is known about it";
  return Object.assign(new Error(redact(message)), { code: code && redact(code) });
}

function read(value: unknown, name: string): unknown {
  try {
    return (value as Record<string, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** A primitive as text; of anything else its kind, since its own words may be anything. */
function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" || typeof value === "function" ? kindOf(value) : String(value);
}
