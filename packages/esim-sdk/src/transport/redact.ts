import { kindOf } from "../kind-of.ts";

/** A header and its value. */
export type Key = readonly [name: string, key: string];

/** Replaces every occurrence of a key. */
export type Redact = (text: string) => string;

/** Shorter values are not secret, and replacing a user ID of `1` would garble every message. */
const MIN_SECRET_LENGTH = 6;

/** Creates a function that removes keys from text, for servers and proxies that quote the request back. */
export function redactor(keys: readonly Key[]): Redact {
  const secrets = keys.map(([, key]) => key).filter((key) => key.length >= MIN_SECRET_LENGTH);
  // Missing on some platforms.
  const encoded = secrets.map((key) => globalThis.btoa?.(key).replace(/=+$/, "") ?? key);
  const spellings = [...secrets, ...encoded]
    // Longest first: if the user ID is part of the API key, replacing it must not leave the rest.
    .sort((a, b) => b.length - a.length)
    .map((each) => [...each].map(spellingsOf).join(""));
  if (spellings.length === 0) return (text) => text;
  const pattern = new RegExp(spellings.join("|"), "g");
  return (text) => text.replace(pattern, "[redacted]");
}

const NAMED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&apos;" };

/** A pattern for a character as is, or as JSON, URLs and HTML escape it; some escape more than they need to. */
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

/** How far a chain of causes is followed. */
const MAX_CAUSE_DEPTH = 20;

/**
 * The root cause of an error, as a new error without keys: fetch itself only says that it failed, and a custom one may attach the whole
 * request to what it throws. Works for anything that can be thrown: cycles, getters that throw, values that are not errors.
 */
export function rootCause(thrown: unknown, redact: Redact): Error & { readonly code: string | undefined } {
  let bottom = thrown;
  for (let depth = 0; depth < MAX_CAUSE_DEPTH; depth++) {
    const cause = read(bottom, "cause");
    if (!cause) break;
    bottom = cause;
  }
  const code = text(read(bottom, "code"));
  const message = text(read(bottom, "message")) || text(bottom) || code || "unknown error";
  return Object.assign(new Error(redact(message)), { code: code && redact(code) });
}

function read(value: unknown, name: string): unknown {
  try {
    return (value as Record<string, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** A primitive as text; anything else only by its kind, because its own `toString` may do anything. */
function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" || typeof value === "function" ? kindOf(value) : String(value);
}
