import type { Operation } from "../contract/prism.ts";

type Server = NonNullable<Operation["servers"]>[number];

/** The paths of all servers that a document names, longest first; those at the root need no entry. */
export function basePathsOf(operations: readonly Operation[], ...others: readonly string[]): string[] {
  const paths = operations.flatMap(({ servers = [] }) => servers.map(pathOf));
  return [...new Set([...paths, ...others])]
    .filter((path) => path !== "")
    .sort((a, b) => b.length - a.length);
}

/** The `basePath` of a Swagger 2.0 document. Prism makes servers of it only where the document names host and schemes too. */
export function swaggerBasePath(document: object): string {
  const { swagger, basePath } = document as { readonly swagger?: unknown; readonly basePath?: unknown };
  return swagger !== undefined && typeof basePath === "string" ? basePath.replace(/\/+$/, "") : "";
}

/** A path as the document writes it, whether or not the caller put the base path of a server before it. */
export function withoutBasePath(path: string, basePaths: readonly string[]): string {
  const base = basePaths.find((each) => path.startsWith(`${each}/`));
  return base === undefined ? path : path.slice(base.length);
}

function pathOf({ url, variables = {} }: Server): string {
  const filledIn = url.replace(/\{([^}]+)\}/g, (_, name: string) => String(variables[name]?.default ?? ""));
  // A server's URL can be relative.
  const { pathname } = URL.parse(filledIn, "http://localhost") ?? { pathname: "" };
  return pathname.replace(/\/+$/, "");
}
