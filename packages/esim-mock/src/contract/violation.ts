import type { Operation, Violation } from "./prism.ts";

const places: Readonly<Record<string, string>> = {
  query: "query parameter",
  path: "path parameter",
  header: "header",
  cookie: "cookie",
  body: "body field",
};

/** Sentences of Prism's that do not say which part of the request they are about. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/^Invalid security scheme used$/, "a key is missing"],
  [/^Body parameter is required$/, "the request body is missing"],
  [/^No supported content types, but .*$/, "the operation takes no request body"],
  [
    /^Supported content types: (.*)$/,
    "the content-type of the request body is missing or not supported: use $1",
  ],
];

/**
 * One violation, for a person: which parameter or field, and what is wrong with it. Without the operation, the names of
 * parameters are in lower case, as Prism has them.
 */
export function describeViolation(violation: Violation, operation?: Operation): string {
  const [place, ...pointer] = violation.path ?? [];
  if (place === undefined) {
    return wordings.reduce((text, [from, to]) => text.replace(from, to), violation.message);
  }

  const complaint = withoutSubject(violation.message, place, pointer);
  const missing = /^must have required property '(.+)'$/.exec(complaint)?.[1];
  const keys = missing === undefined ? pointer : [...pointer, missing];
  const said =
    missing === undefined
      ? complaint.replace(/equal to one of the allowed values: /, "one of ")
      : "is missing";
  if (keys.length === 0) return `${place === "body" ? "the request body" : `the ${place}`} ${said}`;
  return `${places[place] ?? place} "${nameOf(keys, place, operation)}" ${said}`;
}

/** Prism starts each message with the subject in words of its own, such as `Request query parameter count`. */
function withoutSubject(message: string, place: string, pointer: readonly string[]): string {
  const kind = place === "body" ? "property" : "parameter";
  const subject = pointer.length === 0 ? "" : `${kind} ${pointer.join(".")} `;
  const prefix = `Request ${place} ${subject}`;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}

function nameOf(keys: readonly string[], place: string, operation?: Operation): string {
  const plain = keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (place === "body") return plain.join(".");
  const { query = [], path = [], headers = [], cookie = [] } = operation?.request ?? {};
  const parameters = { query, path, header: headers, cookie }[place] ?? [];
  const [first = "", ...others] = plain;
  const written = parameters.find(({ name }) => name.toLowerCase() === first)?.name ?? first;
  return [written, ...others].join(".");
}
