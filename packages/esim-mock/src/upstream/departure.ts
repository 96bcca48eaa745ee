import type { Violation } from "../contract/prism.ts";

/** One thing in which a request or an answer is not as the document says. */
export interface Departure {
  /** The operationId; empty if the document has no such path. */
  readonly operation: string;
  readonly direction: "request" | "response";
  /** Such as `body.packages[].status`, or `status`. */
  readonly field: string;
  readonly kind: string;
  /** What is wrong, to complete a sentence that begins with the field. */
  readonly message: string;
  /** What was there, if it was a field of a body or a query. */
  readonly value?: unknown;
}

/** Words for those that matter here; the others keep JSON Schema's. */
const kinds: Readonly<Record<string, string>> = {
  required: "missing field",
  additionalProperties: "undocumented field",
  type: "wrong type",
  enum: "unknown value",
  maximum: "too large",
  minimum: "too small",
  unreadable: "not readable",
};

/** What Prism found, with the field that it is about spelled out and the indices of lists left out. */
export function toDeparture(
  { path: [place = "", ...pointer] = [], code, message }: Violation,
  about: Pick<Departure, "operation" | "direction">,
  parts: Readonly<Record<string, unknown>>,
): Departure {
  if (/returned status code/.test(message))
    return {
      ...about,
      field: "status",
      kind: "undocumented status",
      message: "is not documented",
      value: parts.status,
    };
  if (/media type/.test(message))
    return {
      ...about,
      field: "content-type",
      kind: "wrong media type",
      message: "is not the documented one",
      value: parts.type,
    };
  const said = message.replace(/^(Request|Response) \w+ ((property|parameter) \S+ )?/, "");
  const named = /property '(.*)'$/.exec(said)?.[1] ?? /properties; found '(.*)'$/.exec(said)?.[1];
  const keys = [...(named === undefined ? pointer : [...pointer, named])].map((key) =>
    String(key).replaceAll("~1", "/").replaceAll("~0", "~"),
  );
  const field = keys.reduce((text, key) => (/^\d+$/.test(key) ? `${text}[]` : `${text}.${key}`), place);
  const value = keys.reduce<unknown>((at, key) => (Object(at) as Record<string, unknown>)[key], parts[place]);
  return { ...about, field, kind: kinds[code ?? ""] ?? String(code), message: said, value };
}
