import { createRequire } from "node:module";
import { resolve } from "node:path";
import type RefParser from "@stoplight/json-schema-ref-parser";
import type { ReadFiles } from "./read-files.ts";

const require = createRequire(import.meta.url);

/** An OpenAPI document as an object. */
export interface OpenApi {
  readonly document: object;
  /** Whether it came from several files, of which it is made up: it refers to nothing outside of itself. */
  readonly isBundled: boolean;
}

/**
 * Reads a document with all that it refers to, with the parser that Prism has. Rejects as that does.
 *
 * @param files reads them
 */
export async function readOpenApi(path: string, files: ReadFiles): Promise<OpenApi> {
  // Here, because the document that the mock has by itself needs no parser.
  const Parser = require("@stoplight/json-schema-ref-parser") as typeof RefParser;
  const { toFileSystemPath } = require("@stoplight/json-schema-ref-parser/lib/util/url") as Urls;
  const read = ({ url }: { url: string }) => {
    const name = toFileSystemPath(url);
    // The parser keeps what is wrong with a file only of errors of its own.
    return files.read(name).catch((error: Error) => Promise.reject(new Parser.ResolverError(error, name)));
  };
  const options = { resolve: { file: { read } } };
  const parser = new Parser();
  // Whole, because the parser takes a # in the name of the working directory for the end of the path.
  const root = resolve(path);
  const references = await parser.resolve(root, options);
  return references.paths().length === 1
    ? { document: parser.schema, isBundled: false }
    : { document: await parser.bundle(root, options), isBundled: true };
}

interface Urls {
  toFileSystemPath(url: string): string;
}

/** The same as text, in the format of its file. */
export function writeOpenApi(document: object, format: "json" | "yaml"): Buffer {
  if (format === "json") return Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
  const { safeStringify } = require("@stoplight/yaml") as typeof import("@stoplight/yaml");
  return Buffer.from(safeStringify(document, { lineWidth: -1 }));
}
