import { Refusal } from "../http/refusal.ts";
import type { MockConfig, PrismRequest } from "./prism.ts";

type Reader = (value: string) => Partial<MockConfig> | undefined;

/** What a caller can prefer; each gives undefined for a value that it cannot have. */
const readers: Readonly<Record<string, { read: Reader; expected: string }>> = {
  code: {
    read: (value) => (/^\d{3}$/.test(value) ? { code: Number(value) } : undefined),
    expected: "a status of three digits",
  },
  example: {
    read: (value) => (value ? { exampleKey: value } : undefined),
    expected: "the name of an example",
  },
  dynamic: {
    read: (value) => (value === "true" || value === "false" ? { dynamic: value === "true" } : undefined),
    expected: "true or false",
  },
  seed: { read: (value) => (value ? { seed: value } : undefined), expected: "some text" },
};

/**
 * Which answer a request asks for, by the header `Prefer` or, without one, by the query parameters `__code`, `__example`,
 * `__dynamic` and `__seed`. Preferences that are not about mocking are left alone, as RFC 7240 demands.
 *
 * @throws Refusal (400) for a value that cannot be.
 */
export function readPreference({ headers, url }: PrismRequest): Partial<MockConfig> {
  const header = headers?.prefer;
  const pairs = header === undefined ? fromQuery(url.query) : fromHeader(header);
  const preference: Partial<MockConfig> = {};
  for (const [name, value] of pairs) {
    const reader = readers[name];
    if (!reader) continue;
    const read = reader.read(value);
    if (!read) throw new Refusal(400, `Preference ${name} must be ${reader.expected}`);
    Object.assign(preference, read);
  }
  return preference;
}

function fromQuery(query: PrismRequest["url"]["query"] = {}): [string, string][] {
  return Object.keys(readers).flatMap((name) => {
    const value = query[`__${name}`];
    return value === undefined ? [] : [[name, String(value)]];
  });
}

/** `code=404, example="notFound"`; the first of two of a name counts, as RFC 7240 has it. */
function fromHeader(header: string): [string, string][] {
  const pairs = [...header.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,;"]*))/g)];
  return pairs.reverse().map(([, name = "", quoted, bare = ""]) => [name.toLowerCase(), quoted ?? bare]);
}
