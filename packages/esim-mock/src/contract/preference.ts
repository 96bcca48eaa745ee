import { Refusal } from "../http/refusal.ts";
import { visible } from "../http/visible.ts";
import { type MockComponent, type MockConfig, type Operation, type PrismRequest, prism } from "./prism.ts";

type Response = Operation["responses"][number];
type Reader = (value: string) => Partial<MockConfig> | undefined;

/** The supported preferences; `read` returns undefined for an invalid value. */
const READERS: Readonly<Record<string, { read: Reader; expected: string }>> = {
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
 * `__dynamic` and `__seed`. Other preferences are ignored, as RFC 7240 requires.
 *
 * @throws Refusal (400) for an invalid value
 */
export function readPreference({ headers, url }: PrismRequest): Partial<MockConfig> {
  const header = headers?.prefer;
  const pairs = header === undefined ? fromQuery(url.query) : fromHeader(header);
  const preference: Partial<MockConfig> = {};
  for (const [name, value] of pairs) {
    const reader = READERS[name];
    if (!reader) continue;
    const read = reader.read(value);
    if (!read) throw new Refusal(400, `Preference ${name} must be ${reader.expected}`);
    Object.assign(preference, read);
  }
  return preference;
}

function fromQuery(query: PrismRequest["url"]["query"] = {}): [string, string][] {
  return Object.keys(READERS).flatMap((name) => {
    const value = query[`__${name}`];
    return value === undefined ? [] : [[name, String(value)]];
  });
}

/** Parses `code=404, example="notFound"`. The first of two with the same name counts (RFC 7240). */
function fromHeader(header: string): [string, string][] {
  const pairs = [...header.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,;"]*))/g)];
  return pairs.reverse().map(([, name = "", quoted, bare = ""]) => [name.toLowerCase(), quoted ?? bare]);
}

/** Checks that what the caller prefers exists before calling Prism's `mock`, which would answer 500 or with something else. */
export function checkPreference(mock: MockComponent): MockComponent {
  return (options) => {
    const refusal = unavailable(options.resource, options.config);
    if (refusal) return () => ({ _tag: "Left", left: refusal });
    // Prism's generator keeps a seed until it is reset.
    if (options.config.dynamic && options.config.seed === undefined) prism().resetJSONSchemaGenerator();
    return mock(options);
  };
}

function unavailable(operation: Operation, { code, exampleKey }: MockConfig): Refusal | undefined {
  if (code === undefined && exampleKey === undefined) return undefined;
  const name = operation.iid ?? `${operation.method.toUpperCase()} ${operation.path}`;
  const { responses } = operation;
  const response = code === undefined ? usual(responses) : withCode(responses, code);
  if (!response) {
    const codes = responses.map((each) => each.code).join(", ");
    return new Refusal(400, `Preference code=${code}: ${name} has ${codes}`);
  }
  if (exampleKey === undefined || examplesOf(response).includes(exampleKey)) return undefined;
  const known = responses.flatMap((each) =>
    examplesOf(each).map((example) => `${example} (code=${each.code})`),
  );
  const where = `${name} has no such example for ${response.code}`;
  return new Refusal(
    400,
    `Preference example=${visible(exampleKey)}: ${where}; there are ${known.join(", ") || "none"}`,
  );
}

/** The response that Prism picks when no code is preferred. */
export function usual(responses: readonly Response[]): Response | undefined {
  const successes = responses.filter(({ code }) => /^2(\d\d|XX)$/.test(code));
  const [lowest] = successes.sort((a, b) => (a.code < b.code ? -1 : 1));
  return lowest ?? responses.find(({ code }) => code === "default") ?? responses[0];
}

/** The response that Prism picks for a code. */
export function withCode(responses: readonly Response[], code: number): Response | undefined {
  const inOrder = [String(code), `${String(code).charAt(0)}XX`, "default"];
  return inOrder.map((wanted) => responses.find((each) => each.code === wanted)).find(Boolean);
}

function examplesOf(response: Response): string[] {
  return (response.contents ?? []).flatMap(({ examples = [] }) => examples.map(({ key }) => key));
}
