import type { Operation, Violation } from "./prism.ts";

/** What one of Prism's sentences says. */
export interface ParsedViolation {
  /** `query`, `path`, `header`, `cookie`, `body`, `status`, `content-type` or `security`; empty if Prism does not say. */
  readonly place: string;
  /** The keys that lead to the field within its place; none for the place as a whole. */
  readonly field: readonly string[];
  /** Such as `missing field`; JSON Schema's keyword for what has no name of its own here. */
  readonly kind: string;
  /** What is wrong, to complete a sentence that begins with the field. */
  readonly said: string;
}

/** Names for the keywords and codes that matter here. */
const KINDS: Readonly<Record<string, string>> = {
  required: "missing field",
  additionalProperties: "undocumented field",
  type: "wrong type",
  enum: "unknown value",
  maximum: "too large",
  minimum: "too small",
  unreadable: "not readable",
};

/** Sentences that are about a place as a whole, and do not name it in their path. */
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

/** Complaints in which the field that is meant is named at the end, after the path of the object that has it or lacks it. */
const NAMING: readonly (readonly [RegExp, string])[] = [
  [/^must have required property '(.+)'$/s, "is missing"],
  [/^must NOT have additional properties; found '(.*)'$/s, "is not documented"],
];

/** Reads one of Prism's sentences. The only place that depends on how Prism words them. */
export function parseViolation({ path = [], code, message }: Violation): ParsedViolation {
  const whole = WHOLE.find(([sentence]) => sentence.test(message));
  if (whole) {
    const [sentence, place, kind, said] = whole;
    return { place, field: [], kind, said: message.replace(sentence, said) };
  }
  const [place = "", ...pointer] = path;
  const complaint = withoutSubject(message, place, pointer);
  const naming = NAMING.find(([wording]) => wording.test(complaint));
  const named = naming?.[0].exec(complaint)?.[1];
  return {
    place,
    field: [...pointer.map(unescapePointer), ...(named === undefined ? [] : [named])],
    kind: KINDS[code ?? ""] ?? String(code),
    said: naming?.[1] ?? complaint.replace("must be equal to one of the allowed values: ", "must be one of "),
  };
}

/** Prism begins each sentence with its subject, such as `Request query parameter count`. */
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

/** How a description names a field of each place, and the place as a whole. */
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
 * One violation of a request, for the caller: which parameter or field, and what is wrong with it. Without the operation, the
 * names of parameters are in lower case, as Prism has them.
 */
export function describeViolation(violation: Violation, operation?: Operation): string {
  const { place, field, kind, said } = parseViolation(violation);
  if (kind === "undocumented body") return "the operation takes no request body";
  if (place === "") return said;
  const { field: noun = place, whole = `the ${place}` } = NOUNS[place] ?? {};
  return field.length === 0 ? `${whole} ${said}` : `${noun} "${nameOf(field, place, operation)}" ${said}`;
}

/** The name of a parameter as the document writes it: Prism puts it into lower case. */
function nameOf(field: readonly string[], place: string, operation?: Operation): string {
  const { query = [], path = [], headers = [], cookie = [] } = operation?.request ?? {};
  const parameters = { query, path, header: headers, cookie }[place] ?? [];
  const [first = "", ...others] = field;
  const written = parameters.find(({ name }) => name.toLowerCase() === first)?.name ?? first;
  return [written, ...others].join(".");
}
