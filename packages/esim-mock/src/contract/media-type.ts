import type { Operation } from "./prism.ts";

type Content = NonNullable<Operation["responses"][number]["contents"]>[number];

const BINARY =
  /^(?:(?:image|audio|video|font)\/|application\/(?:octet-stream|pdf|zip|gzip|wasm|x-tar|vnd\.(?:ms-|openxmlformats))[\w.-]*\s*(?:;|$))/i;

/** XML is text, even an SVG image. */
const TEXT = /^text\/|[/+](?:json|xml|yaml)\s*(?:;|$)/i;

/** Whether content of this type is binary. */
export function isBinaryType(type: string): boolean {
  return BINARY.test(type) && !TEXT.test(type);
}

/** Whether a documented body is binary. One with a `contentEncoding` is text in that encoding, as OpenAPI defines it. */
export function isBinary({ mediaType, schema }: Content): boolean {
  const { contentEncoding, contentMediaType, format } = Object(schema) as Record<string, unknown>;
  if (contentEncoding !== undefined || format === "byte" || TEXT.test(mediaType)) return false;
  // Prism's name for `format: binary`.
  return isBinaryType(mediaType) || contentMediaType !== undefined;
}
