import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { basePathsOf, swaggerBasePath } from "../http/base-path.ts";
import { MockStartError } from "../mock-start-error.ts";
import type { PreparedExample } from "./fast-path/examples.ts";
import { readPrepared } from "./prepared.ts";
import { type Operation, prism } from "./prism.ts";

/** An OpenAPI document, ready to be served. */
export interface MockDocument {
  /** The file that it was read from. */
  path: string;
  /** Whether it is the Packages API's own, not one that was given. */
  isDefault: boolean;
  operations: readonly Operation[];
  /** Paths of the document's servers, longest first, without a slash at the end. */
  basePaths: readonly string[];
  /** Answers that were worked out when this package was built. */
  examples: readonly PreparedExample[];
}

/** Reads an OpenAPI document, by default that of the Packages API, and resolves its references. */
export async function loadDocument(file?: string): Promise<MockDocument> {
  const path = file ?? fileURLToPath(import.meta.resolve("@betatelltd/esim-openapi/openapi.yaml"));
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new MockStartError("DOCUMENT", `Cannot read ${path}: ${unreadable(error)}.`, { cause: error });
  });
  const prepared = file === undefined ? await readPrepared(bytes) : undefined;
  if (prepared) {
    const { operations, examples } = prepared;
    return { path, isDefault: true, operations, basePaths: basePathsOf(operations), examples };
  }
  const operations = await prism()
    .getHttpOperationsFromSpec(path)
    .catch((error: Error) => {
      throw new MockStartError("DOCUMENT", `Cannot use ${path}: ${unusable(error)}.`, { cause: error });
    });
  if (operations.length === 0) {
    const message = `Cannot use ${path}: it has no operations. Add some under "paths".`;
    throw new MockStartError("DOCUMENT", message);
  }
  const basePaths = basePathsOf(operations, swaggerBasePath(bytes.toString()));
  return { path, isDefault: file === undefined, operations, basePaths, examples: [] };
}

function unreadable({ code, message }: NodeJS.ErrnoException): string {
  const reasons: Record<string, string> = {
    ENOENT: "there is no such file; check the path",
    EACCES: "permission denied; make it readable",
    EISDIR: "it is a directory; name the file in it",
  };
  return reasons[code ?? ""] ?? message;
}

function unusable({ name, message }: Error): string {
  if (name === "ParserError") {
    const reason = message.replace(/^(Error parsing .*?: )+/, "").replace(/:?\s*$/, "");
    return `it is not valid YAML or JSON (${oneLine(reason)}); fix that`;
  }
  const notOpenApi =
    message === "Unsupported document format" || message.endsWith("is not a valid JSON Schema");
  return notOpenApi
    ? 'it is not an OpenAPI document; its top level needs a field "openapi"'
    : `it does not hold together (${oneLine(message)}); lint it`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
