import type { Operation, Violation } from "./prism.ts";

/** One of Prism's violation messages, parsed. */
export interface ParsedViolation {
  /** `query`, `path`, `header`, `cookie`, `body`, `status`, `content-type` or `security`; empty if Prism does not say. */
  readonly place: string;
  /** The keys that lead to the field within its place; empty for the place as a whole. */
  readonly field: readonly string[];
  /** Such as `missing field`; otherwise JSON Schema's keyword. */
  readonly kind: string;
  /** What is wrong, to follow the field's name in a sentence. */
  readonly problem: string;
}

/** Our names for Prism's keywords and codes. */
const KINDS: Readonly<Record<string, string>> = {
  required: "missing field",
  additionalProperties: "undocumented field",
  type: "wrong type",
  enum: "unknown value",
  maximum: "too large",
  minimum: "too small",
  unreadable: "not readable",
};

/** Messages about a place as a whole, which do not name it in their path. */
const WHOLE: readonly (readonly [RegExp, string, string, string])[] = [
  [/^Invalid security scheme used$/, "security", "missing key", "is missing"],
  [/^Body parameter is required$/, "body", "missing field", "is missing"],
  [/^No supported content types, but .*$/s, "body", "undocumented body", "is not documented"],
  [
    /^Supported content types: (.*)$/s,
    "content-type",
    "wrong media type",
    "is missing or not supported: use $1",
  ],
  [/^The received media type .*$/s, "content-type", "wrong media type", "is not the documented one"],
  [/^Unable to match the returned status code .*$/s, "status", "undocumented status", "is not documented"],
];

/** Messages that name the field at the end, after the path of the object that has or lacks it. */
const NAMING: readonly (readonly [RegExp, string])[] = [
  [/^must have required property '(.+)'$/s, "is missing"],
  [/^must NOT have additional properties; found '(.*)'$/s, "is not documented"],
];

/** Parses one of Prism's messages. The only place that depends on their wording. */
export function parseViolation({ path = [], code, message }: Violation): ParsedViolation {
  const whole = WHOLE.find(([sentence]) => sentence.test(message));
  if (whole) {
    const [sentence, place, kind, problem] = whole;
    return { place, field: [], kind, problem: message.replace(sentence, problem) };
  }
  const [place = "", ...pointer] = path;
  const complaint = withoutSubject(message, place, pointer);
  const naming = NAMING.find(([wording]) => wording.test(complaint));
  const named = naming?.[0].exec(complaint)?.[1];
  return {
    place,
    field: [...pointer.map(unescapePointer), ...(named === undefined ? [] : [named])],
    kind: KINDS[code ?? ""] ?? String(code),
    problem:
      naming?.[1] ?? complaint.replace("must be equal to one of the allowed values: ", "must be one of "),
  };
}

/** Prism begins each message with its subject, such as `Request query parameter count`. */
function withoutSubject(message: string, place: string, pointer: readonly string[]): string {
  const noun = place === "body" ? "property" : "parameter";
  const subject = pointer.length === 0 ? "" : `${noun} ${pointer.join(".").trim()} `;
  const prefixes = [
    `Request ${place} ${subject}`,
    `Response ${place} ${subject}`,
    `${place.slice(0, 1).toUpperCase()}${place.slice(1)} param ${pointer[0]} `,
  ];
  const prefix = prefixes.find((each) => message.startsWith(each)) ?? "";
  return message.slice(prefix.length);
}

const unescapePointer = (key: string): string => key.replaceAll("~1", "/").replaceAll("~0", "~");

/** How descriptions name a field of each place, and the place as a whole. */
const NOUNS: Readonly<Record<string, { readonly field?: string; readonly whole: string }>> = {
  query: { field: "query parameter", whole: "the query" },
  path: { field: "path parameter", whole: "the path" },
  header: { field: "header", whole: "the header" },
  cookie: { field: "cookie", whole: "the cookie" },
  body: { field: "body field", whole: "the request body" },
  "content-type": { whole: "the content-type of the request body" },
  security: { whole: "a key" },
};

/**
 * Describes one violation of a request for the caller: the parameter or field, and what is wrong with it. Without the operation,
 * parameter names are in lower case, as in Prism's message.
 */
export function describeViolation(violation: Violation, operation?: Operation): string {
  const { place, field, kind, problem } = parseViolation(violation);
  if (kind === "undocumented body") return "the operation takes no request body";
  if (place === "") return problem;
  const { field: noun = place, whole = `the ${place}` } = NOUNS[place] ?? {};
  return field.length === 0
    ? `${whole} ${problem}`
    : `${noun} "${nameOf(field, place, operation)}" ${problem}`;
}

/** The name of a parameter as in the document; Prism converts it to lower case. */
function nameOf(field: readonly string[], place: string, operation?: Operation): string {
  const { query = [], path = [], headers = [], cookie = [] } = operation?.request ?? {};
  const parameters = { query, path, header: headers, cookie }[place] ?? [];
  const [first = "", ...others] = field;
  const written = parameters.find(({ name }) => name.toLowerCase() === first)?.name ?? first;
  return [written, ...others].join(".");
}
