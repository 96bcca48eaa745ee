import { fileURLToPath } from "node:url";
import { type BasePath, basePathsOf, serverPathsOf } from "../http/base-path.ts";
import { MockStartError } from "../mock-start-error.ts";
import { whyUnreadable } from "../why-unreadable.ts";
import type { PreparedExample } from "./fast-path/examples.ts";
import { readPrepared } from "./prepared.ts";
import { type Operation, prism } from "./prism.ts";
import { ReadFiles } from "./read-files.ts";
import { readOpenApi, writeOpenApi } from "./read-openapi.ts";
import { NoOperations, whyUnusable } from "./why-unusable.ts";

/** An OpenAPI document, ready to be served. */
export interface MockDocument {
  /** Whether it is the eSIM API's own document, not one from `--spec`. */
  isDefault: boolean;
  operations: readonly Operation[];
  /** Paths of all servers, longest first. */
  basePaths: readonly BasePath[];
  /** Paths of the document's own servers. An operation can have others. */
  serverPaths: readonly string[];
  /** Answers computed at build time. */
  examples: readonly PreparedExample[];
  /** The self-contained document, at least in the format of its file. */
  texts: { readonly yaml?: Buffer; readonly json?: Buffer };
}

/**
 * Reads an OpenAPI document, by default that of the eSIM API, and resolves its references.
 *
 * @param files reads the files and tracks changes to them, even if the document turns out to be unusable
 * @throws MockStartError with code `DOCUMENT`
 */
export async function loadDocument(file?: string, files = new ReadFiles()): Promise<MockDocument> {
  const path = file ?? published("openapi.yaml");
  const bytes = await files.read(path).catch((error: NodeJS.ErrnoException) => {
    throw new MockStartError("DOCUMENT", `Cannot read ${path}: ${whyUnreadable(error)}.`, { cause: error });
  });
  const prepared = file === undefined ? await readPrepared(bytes) : undefined;
  if (prepared) {
    const { operations, serverPaths, examples } = prepared;
    const texts = { yaml: bytes, json: await files.read(published("openapi.json")) };
    const basePaths = basePathsOf(operations, serverPaths);
    return { isDefault: true, operations, basePaths, serverPaths, examples, texts };
  }
  try {
    return await parse(path, bytes, file === undefined, files);
  } catch (error) {
    const reason = whyUnusable(error as Error, path);
    throw new MockStartError("DOCUMENT", `Cannot use ${path}: ${reason}.`, { cause: error });
  }
}

async function parse(
  path: string,
  bytes: Buffer,
  isDefault: boolean,
  files: ReadFiles,
): Promise<MockDocument> {
  const { document, isBundled } = await readOpenApi(path, files);
  const format = /\.json$/i.test(path) ? "json" : "yaml";
  // Before Prism gets the document and replaces references by what they lead to.
  const texts = {
    ...(isDefault && { json: writeOpenApi(document, "json") }),
    [format]: isBundled ? writeOpenApi(document, format) : bytes,
  };
  const serverPaths = serverPathsOf(document);
  const operations = await prism().getHttpOperationsFromSpec(document);
  if (operations.length === 0) throw new NoOperations();
  const basePaths = basePathsOf(operations, serverPaths);
  return { isDefault, operations, basePaths, serverPaths, examples: [], texts };
}

function published(name: string): string {
  return fileURLToPath(import.meta.resolve(`@betatelltd/esim-openapi/${name}`));
}
