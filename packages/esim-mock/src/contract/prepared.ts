import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { built } from "../built.ts";
import { serverPathsOf } from "../http/base-path.ts";
import { exampleKey, type PreparedExample } from "./fast-path/examples.ts";
import { checkPreference } from "./preference.ts";
import { type Operation, prism, stockComponents } from "./prism.ts";
import { ReadFiles } from "./read-files.ts";
import { readOpenApi } from "./read-openapi.ts";

/** Prism's view of the default document, computed at build time so that Prism need not be loaded at every start. */
export interface Prepared {
  /** Identifies the document: the rest is valid only for this one. */
  readonly sha256: string;
  readonly operations: readonly Operation[];
  /** Paths of the document's own servers. */
  readonly serverPaths: readonly string[];
  readonly examples: readonly PreparedExample[];
}

/** The file that the build writes. */
export const PREPARED_FILE = "prepared.json";

/** Common `accept` headers: none; curl and fetch; openapi-fetch and generated clients; axios. */
const USUAL_ACCEPT = [undefined, "*/*", "application/json", "application/json, text/plain, */*"];

/** Computes it. */
export async function prepare(path: string): Promise<Prepared> {
  const { document } = await readOpenApi(path, new ReadFiles());
  const serverPaths = serverPathsOf(document);
  const operations = await prism().getHttpOperationsFromSpec(path);
  const { mock, logger } = stockComponents();
  const answer = checkPreference(mock);
  const examples = operations.flatMap((resource, index) =>
    USUAL_ACCEPT.flatMap((accept) => {
      const headers = accept === undefined ? {} : { accept };
      const data = { method: resource.method as "get", url: { path: resource.path }, headers };
      const config = { dynamic: false };
      const example = answer({ resource, input: { data, validations: [] }, config })(logger);
      return example._tag === "Right"
        ? [{ operation: index, key: exampleKey(config, accept), output: example.right }]
        : [];
    }),
  );
  return { sha256: hash(await readFile(path)), operations, serverPaths, examples };
}

/** Reads the prepared data, if it exists and belongs to this document. */
export async function readPrepared(document: Buffer): Promise<Prepared | undefined> {
  const text = await readFile(built(PREPARED_FILE), "utf8").catch(() => undefined);
  const prepared = text === undefined ? undefined : (JSON.parse(text) as Prepared);
  return prepared?.sha256 === hash(document) ? prepared : undefined;
}

function hash(document: Buffer): string {
  return createHash("sha256").update(document).digest("hex");
}
