import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Answer } from "./pipeline.ts";

/** Where the document is served, and as what. */
const types: Readonly<Record<string, string>> = {
  "/openapi.json": "application/json",
  "/openapi.yaml": "application/yaml",
};

/** Answers a request for the document by its own file; `undefined` for any other request. */
export type ServeDocument = (method: string | undefined, path: string) => Promise<Answer> | undefined;

/**
 * Serves the document that the mock goes by: that of the Packages API as YAML and as bundled JSON, another one in the
 * format of its file.
 */
export function serveDocument(file: string, isDefault: boolean): ServeDocument {
  const own = /\.json$/i.test(file) ? "/openapi.json" : "/openapi.yaml";
  const files: Record<string, string> = { [own]: file };
  if (isDefault)
    files["/openapi.json"] = fileURLToPath(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
  return (method, path) => {
    const wanted = files[path];
    const type = types[path];
    if (wanted === undefined || type === undefined || (method !== "GET" && method !== "HEAD"))
      return undefined;
    return readFile(wanted, "utf8").then((text) => ({
      status: 200,
      headers: { "content-type": type },
      body: type === "application/json" ? JSON.parse(text) : text,
      notes: [],
    }));
  };
}
