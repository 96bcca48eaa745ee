import { memoizeByObject } from "./memoize.ts";
import { usual, withCode } from "./preference.ts";
import type { MockComponent, Operation } from "./prism.ts";

/**
 * Accepting any one of an operation's media types is sufficient for all of its answers. Clients send one fixed `Accept`, mostly the
 * JSON of the errors: they still get an image, and clients that accept only images still get errors.
 */
export function acceptAny(mock: MockComponent): MockComponent {
  const typesOf = memoizeByObject(mediaTypes);
  return (options) => {
    const { resource, input, config } = options;
    const { accept, ...headers } = input.data.headers ?? {};
    const types = typesOf(resource);
    if (accept === undefined || types.length < 2) return mock(options);
    const { responses } = resource;
    const response = config.code === undefined ? usual(responses) : withCode(responses, config.code);
    const offered = (response?.contents ?? []).map(({ mediaType }) => mediaType);
    const isAccepted = (type: string) => accepts(accept, type);
    if (offered.length === 0 || offered.some(isAccepted) || !types.some(isAccepted)) return mock(options);
    return mock({ ...options, input: { ...input, data: { ...input.data, headers } } });
  };
}

function mediaTypes({ responses }: Operation): string[] {
  return [...new Set(responses.flatMap(({ contents = [] }) => contents.map(({ mediaType }) => mediaType)))];
}

/** Compares types only: Prism decides which of several is preferred. */
function accepts(accept: string, type: string): boolean {
  const [essence = ""] = type.toLowerCase().split(";");
  const [family] = essence.split("/");
  const ranges = accept.split(",").map((range) => range.split(";")[0]?.trim().toLowerCase());
  return [essence.trim(), `${family}/*`, "*/*"].some((range) => ranges.includes(range));
}
