import { createRequire } from "node:module";
import { resolve } from "node:path";
import type RefParser from "@stoplight/json-schema-ref-parser";
import type { ReadFiles } from "./read-files.ts";

const require = createRequire(import.meta.url);

/** An OpenAPI document as an object. */
export interface OpenApi {
  readonly document: object;
  /** Whether it was assembled from several files; the result refers to nothing outside itself. */
  readonly isBundled: boolean;
}

/**
 * Reads a document and everything it refers to, with Prism's parser. Rejects as the parser does.
 *
 * @param files reads the files
 */
export async function readOpenApi(path: string, files: ReadFiles): Promise<OpenApi> {
  // Loaded here because the built-in document needs no parser.
  const Parser = require("@stoplight/json-schema-ref-parser") as typeof RefParser;
  const { toFileSystemPath } = require("@stoplight/json-schema-ref-parser/lib/util/url") as Urls;
  const read = ({ url }: { url: string }) => {
    const name = toFileSystemPath(url);
    // The parser keeps the cause only of its own errors.
    return files.read(name).catch((error: Error) => Promise.reject(new Parser.ResolverError(error, name)));
  };
  const options = { resolve: { file: { read } } };
  const parser = new Parser();
  // An absolute path, because the parser takes a # in the working directory's name for the end of the path.
  const root = resolve(path);
  const references = await parser.resolve(root, options);
  return references.paths().length === 1
    ? { document: parser.schema, isBundled: false }
    : { document: await parser.bundle(root, options), isBundled: true };
}

interface Urls {
  toFileSystemPath(url: string): string;
}

/** The document as text, in the format of its file. */
export function writeOpenApi(document: object, format: "json" | "yaml"): Buffer {
  if (format === "json") return Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
  const { safeStringify } = require("@stoplight/yaml") as typeof import("@stoplight/yaml");
  return Buffer.from(safeStringify(document, { lineWidth: -1 }));
}
