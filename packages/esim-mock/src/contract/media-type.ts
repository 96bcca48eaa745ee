import type { Operation } from "./prism.ts";

type Content = NonNullable<Operation["responses"][number]["contents"]>[number];

const BINARY =
  /^(?:(?:image|audio|video|font)\/|application\/(?:octet-stream|pdf|zip|gzip|wasm|x-tar|vnd\.(?:ms-|openxmlformats))[\w.-]*\s*(?:;|$))/i;

/** XML is text, be it of an image. */
const TEXT = /^text\/|[/+](?:json|xml|yaml)\s*(?:;|$)/i;

/** Whether what is sent with this `content-type` is bytes that are no text. */
export function isBinaryType(type: string): boolean {
  return BINARY.test(type) && !TEXT.test(type);
}

/** Whether a documented body is bytes. One that has an encoding is the text in that encoding, as OpenAPI has it. */
export function isBinary({ mediaType, schema }: Content): boolean {
  const { contentEncoding, contentMediaType, format } = Object(schema) as Record<string, unknown>;
  if (contentEncoding !== undefined || format === "byte" || TEXT.test(mediaType)) return false;
  // Prism's name for `format: binary`.
  return isBinaryType(mediaType) || contentMediaType !== undefined;
}
