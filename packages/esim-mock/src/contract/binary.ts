import { Refusal } from "../http/refusal.ts";
import { isBinary } from "./media-type.ts";
import { memoizeByObject } from "./memoize.ts";
import { withCode } from "./preference.ts";
import type { Components, MockComponent, Operation, PrismResponse } from "./prism.ts";

type Content = NonNullable<Operation["responses"][number]["contents"]>[number];

/** One-pixel images, for documents without an example. */
const SMALLEST: Readonly<Record<string, string>> = {
  "image/png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=",
  "image/gif": "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
};

const hasBinary = memoizeByObject(({ responses }: Operation) =>
  responses.some(({ contents = [] }) => contents.some(isBinary)),
);

/**
 * Sends images and other binary answers as bytes. JSON and YAML cannot hold bytes: an example has them in base64, and Prism would
 * send that text. Nor can they be generated, so with `dynamic` the answer is the example too.
 */
export function decodeExamples(mock: MockComponent): MockComponent {
  return (options) => {
    const { resource, config } = options;
    if (!hasBinary(resource)) return mock(options);
    return (logger) => {
      // A new configuration for each call: Prism writes to it.
      const found = mock({ ...options, config: { ...config } })(logger);
      const content = found._tag === "Right" ? contentOf(resource, found.right) : undefined;
      if (!content || !isBinary(content)) return found;
      const example = config.dynamic
        ? mock({ ...options, config: { ...config, dynamic: false } })(logger)
        : found;
      if (example._tag === "Left") return example;
      const body = hasExample(content) ? decode(example.right.body) : smallest(content);
      return body === undefined
        ? { _tag: "Left", left: lacksExample(resource, content) }
        : { _tag: "Right", right: { ...example.right, body } };
    };
  };
}

/** Prism's validation knows only text, so it gets bytes as text with one character per byte. */
export function validateBytes(validateOutput: Components["validateOutput"]): Components["validateOutput"] {
  return ({ resource, element }) => {
    if (!Buffer.isBuffer(element.body)) return validateOutput({ resource, element });
    const checked = validateOutput({ resource, element: { ...element, body: byteText(element.body) } });
    return checked._tag === "Left" ? checked : { _tag: "Right", right: element };
  };
}

/** Bytes as text, one character per byte. */
export function byteText(bytes: Buffer): string {
  return bytes.toString("latin1");
}

function contentOf({ responses }: Operation, { statusCode, headers = {} }: PrismResponse) {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return withCode(responses, statusCode)?.contents?.find(({ mediaType }) => mediaType === type);
}

/** An example in the schema counts too: Prism uses it. */
function hasExample({ examples = [], schema }: Content): boolean {
  const { examples: [known] = [], default: usual, const: only } = Object(schema);
  return examples.length > 0 || [known, usual, only].some((value) => value !== undefined);
}

const BASE64 = /^(?:[A-Z\d+/]{4})*(?:[A-Z\d+/]{2}==|[A-Z\d+/]{3}=)?$/i;

/** The bytes of a base64 example; any other value is sent unchanged. */
function decode(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.replace(/^data:[^,]*;base64,/, "").replace(/\s*\n\s*/g, "");
  return BASE64.test(text) ? Buffer.from(text, "base64") : value;
}

function smallest({ mediaType }: Content): Buffer | undefined {
  const known = SMALLEST[mediaType];
  if (known !== undefined) return Buffer.from(known, "base64");
  return mediaType === "application/octet-stream" ? Buffer.from("bytes") : undefined;
}

function lacksExample({ iid, method, path }: Operation, { mediaType }: Content): Refusal {
  const name = iid ?? `${method.toUpperCase()} ${path}`;
  return new Refusal(
    501,
    `The document has no example of ${mediaType} for ${name}, and the mock cannot generate one: add one in base64`,
  );
}
