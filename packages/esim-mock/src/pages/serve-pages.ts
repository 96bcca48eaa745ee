import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { built } from "../built.ts";
import type { MockDocument } from "../contract/load-document.ts";
import type { Answer } from "../http/answer.ts";

interface File {
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  read(): Promise<Buffer>;
}

/** Answers a request for a file that the mock serves beside the API; `undefined` for any other request. */
export type ServePage = (method: string | undefined, path: string) => Promise<Answer> | undefined;

/**
 * The document itself, the interactive reference made from it at `/docs`, and, for a mock that can be controlled,
 * the page at `/_mock/ui`. Files are read anew each time, and need nothing but this mock.
 */
export function servePages(document: MockDocument, controllable: boolean): ServePage {
  const documents = documentFiles(document);
  const files: Record<string, File> = {
    ...documents,
    "/docs": reference(document, "/openapi.json" in documents ? "/openapi.json" : "/openapi.yaml"),
    // Built from the library's own bundle, so that installing the mock does not install the library.
    "/docs/scalar.js": { type: "text/javascript", read: read(built("scalar.js")) },
    ...(controllable && { "/_mock/ui": { type: html, read: read(built("pages/ui.html")) } }),
  };
  return (method, path) => {
    const file = method === "GET" || method === "HEAD" ? files[path] : undefined;
    return file?.read().then((body) => ({
      status: 200,
      headers: { "content-type": file.type, "content-length": body.length, ...file.headers },
      body,
      notes: [],
    }));
  };
}

const html = "text/html; charset=utf-8";
const json = "application/json";

const read = (file: URL | string) => () => readFile(file);
/** Ours as YAML and as bundled JSON, another one in the format of its file. */
function documentFiles({ path, isDefault }: MockDocument): Record<string, File> {
  const own = { read: read(path) };
  if (!isDefault && /\.json$/i.test(path)) return { "/openapi.json": { type: json, ...own } };
  const yaml = { "/openapi.yaml": { type: "application/yaml", ...own } };
  if (!isDefault) return yaml;
  const bundled = fileURLToPath(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
  return { ...yaml, "/openapi.json": { type: json, read: read(bundled) } };
}

/** @param path where the document is served */
function reference({ operations }: MockDocument, path: string): File {
  const schemes = operations.flatMap(({ security = [] }) => security.flat().map(({ key }) => key));
  // As text of a script element, in which only `<` could end it.
  const about = JSON.stringify({ document: path, schemes: [...new Set(schemes)] }).replaceAll("<", "\\u003c");
  return {
    type: html,
    // The browser sees to it that the page asks nobody but this mock.
    headers: { "content-security-policy": "default-src 'self' 'unsafe-inline' data: blob:" },
    read: async () =>
      Buffer.from((await readFile(built("pages/docs.html"), "utf8")).replace('"{{about}}"', () => about)),
  };
}
