import { readFile } from "node:fs/promises";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { built } from "../built.ts";
import type { MockDocument } from "../contract/load-document.ts";
import type { Control } from "../control/control.ts";
import type { Answer } from "../http/answer.ts";
import { Refusal } from "../http/refusal.ts";
import { type Described, describeMock } from "./describe-mock.ts";
import { startLines } from "./start-lines.ts";

interface Page {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

type MakePage = (headers: IncomingHttpHeaders) => Page | Promise<Page>;

/** What the mock serves besides the API. */
export interface Pages {
  has(method: string | undefined, path: string): boolean;
  /** Answers a request for which `has` is true. */
  answer(request: IncomingMessage, path: string): Promise<Answer>;
  /** What to show to the person who has just started it. */
  startLines(): string[];
}

const HTML = "text/html; charset=utf-8";
const JSON_TYPE = "application/json";

const ASSET_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};

/** Our own pages need nothing but this mock and have no inline scripts or styles. */
const OWN_PAGE = {
  "content-type": HTML,
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

/** Addresses that people might type for a page. */
const REDIRECTS = { "/docs/": "/docs" };
const CONTROL_REDIRECTS = { "/_mock": "/_mock/ui", "/_mock/": "/_mock/ui", "/_mock/ui/": "/_mock/ui" };

/**
 * An overview at `/`, the document itself, an interactive reference at `/docs` and, if the mock can be controlled, the page at
 * `/_mock/ui`. They need nothing but this mock.
 */
export function servePages(document: MockDocument, control: Control, isControllable: boolean): Pages {
  const documents = documentFiles(document);
  const documentPath = "/openapi.json" in documents ? "/openapi.json" : "/openapi.yaml";
  const { isDefault, operations } = document;
  const described = { control, isDefault, documentPath, isControllable, operations };
  const hasHome = !describesRoot(document);
  const pages: Readonly<Record<string, MakePage>> = {
    ...(hasHome && { "/": home(described) }),
    ...documents,
    "/docs": reference(document, documentPath),
    // Bundled, so that installing the mock does not install the library.
    "/docs/scalar.js": file(built("scalar.js"), { "content-type": ASSET_TYPES[".js"] ?? "" }),
    ...redirects(REDIRECTS),
    ...(isControllable && {
      "/_mock/ui": file(built("pages/ui.html"), OWN_PAGE),
      ...redirects(CONTROL_REDIRECTS),
    }),
  };
  const pageAt = (path: string) => (Object.hasOwn(pages, path) ? pages[path] : asset(path));
  return {
    startLines: () => startLines(describeMock(described, {}), hasHome),
    has: (method, path) => (method === "GET" || method === "HEAD") && pageAt(path) !== undefined,
    async answer({ headers: asked }, path) {
      const make = pageAt(path);
      if (!make) throw new Refusal(404, `The mock has no page ${path}`);
      const { status = 200, headers, body } = await make(asked);
      return { status, headers: { ...headers, "content-length": body.length }, body, notes: [] };
    },
  };
}

/** A user's own document may have an operation at `/`. */
const describesRoot = ({ operations }: MockDocument) => operations.some(({ path }) => path === "/");

const file = (path: URL | string, headers: Page["headers"]) => async () => ({
  headers,
  body: await readFile(path),
});

const ASSET = /^\/docs\/assets\/([\w-]+)(\.css|\.js)$/;

/** A script or stylesheet of our pages. */
function asset(path: string): MakePage | undefined {
  const [, name, type = ""] = ASSET.exec(path) ?? [];
  if (name === undefined) return undefined;
  const headers = { "content-type": ASSET_TYPES[type] ?? "", "x-content-type-options": "nosniff" };
  return () =>
    file(built(`pages/assets/${name}${type}`), headers)().catch(() => {
      throw new Refusal(404, `The mock has no file ${path}`);
    });
}

function redirects(targets: Readonly<Record<string, string>>): Record<string, MakePage> {
  return Object.fromEntries(
    Object.entries(targets).map(([path, location]) => [
      path,
      () => ({ status: 308, headers: { location }, body: Buffer.alloc(0) }),
    ]),
  );
}

/** A page for browsers; the same as JSON for everything else. */
function home(described: Described): MakePage {
  const page = file(built("pages/home.html"), { ...OWN_PAGE, vary: "accept" });
  return async (headers) => {
    if (headers.accept?.includes("text/html")) return page();
    const description = describeMock(described, headers);
    return {
      headers: { "content-type": JSON_TYPE, vary: "accept" },
      body: Buffer.from(JSON.stringify(description)),
    };
  };
}

/** The document as the mock read it, which may be older than the file. */
function documentFiles({ texts: { yaml, json } }: MockDocument): Record<string, MakePage> {
  return {
    ...(yaml && { "/openapi.yaml": loaded(yaml, "application/yaml") }),
    ...(json && { "/openapi.json": loaded(json, JSON_TYPE) }),
  };
}

function loaded(body: Buffer, type: string): MakePage {
  return () => ({ headers: { "content-type": type }, body });
}

/** @param path where the document is served */
function reference({ operations }: MockDocument, path: string): MakePage {
  const schemes = operations.flatMap(({ security = [] }) => security.flat().map(({ key }) => key));
  // The text of a script element, which only `<` could end.
  const about = JSON.stringify({ document: path, schemes: [...new Set(schemes)] }).replaceAll("<", "\\u003c");
  return async () => ({
    headers: {
      "content-type": HTML,
      // The browser ensures that the page contacts nothing but this mock.
      "content-security-policy": "default-src 'self' 'unsafe-inline' data: blob:",
    },
    body: Buffer.from((await readFile(built("pages/docs.html"), "utf8")).replace('"{{about}}"', () => about)),
  });
}
