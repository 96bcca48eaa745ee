/** Removes the keys from anything that contains them. */
export interface Redactor {
  text(text: string): string;
  /** A copy of what JSON can hold. */
  value(value: unknown): unknown;
}

/** A shorter key is not secret, and redacting a user ID of `1` would garble every message. */
const SHORTEST_SECRET = 6;

/** No response of the contract comes near it; a hostile one must not overflow the stack. */
const DEEPEST = 100;

/** Removes them even where a server quotes them escaped, as JSON, pages, URLs and logs do. */
export function redactor(keys: readonly string[]): Redactor {
  const secrets = keys.filter((key) => key.length >= SHORTEST_SECRET);
  const encoded = secrets.map((key) => btoa(key).replace(/=+$/, ""));
  const spellings = [...secrets, ...encoded]
    // Longest first: the user ID may be part of the API key, and redacting it first would leave the rest.
    .sort((a, b) => b.length - a.length)
    .map((each) => [...each].map(spelling).join(""));
  const pattern = new RegExp(spellings.join("|") || "$^", "g");
  const text = (each: string) => each.replace(pattern, "[redacted]");
  const value = (each: unknown, depth = 0): unknown => {
    if (typeof each === "string") return text(each);
    if (typeof each !== "object" || each === null) return each;
    if (depth > DEEPEST) return "[nested too deeply]";
    if (Array.isArray(each)) return each.map((inner) => value(inner, depth + 1));
    const entries = Object.entries(each).map(([name, inner]) => [text(name), value(inner, depth + 1)]);
    return Object.fromEntries(entries);
  };
  return { text, value: (each) => value(each) };
}

const NAMED: Readonly<Record<string, string>> = {
  "&": "|&amp;",
  "<": "|&lt;",
  ">": "|&gt;",
  '"': "|&quot;",
  "'": "|&apos;",
};

/** A character as it is, or as JSON, URLs and HTML pages escape it: some escape more than they have to. */
function spelling(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const code = character.charCodeAt(0);
  const hex = code.toString(16).replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const plain = character.replace(/[\^$\\.*+?()[\]{}|/-]/g, "\\$&");
  return `(?:\\\\*(?:${plain}|[uUxX]0*${hex})|%(?:25)*${hex}|&#(?:0*${code}|[xX]0*${hex});${NAMED[character] ?? ""})`;
}
