import { pathPattern } from "../contract/fast-path/path-pattern.ts";
import type { Operation } from "../contract/prism.ts";

interface Server {
  readonly url: string;
  readonly variables?: Readonly<Record<string, { readonly default?: unknown }>> | undefined;
}

/** The path of a server, which callers may put before the document's paths. */
export interface BasePath {
  /** Without a trailing slash. */
  readonly path: string;
  /** The paths that may follow: those of operations with this server to themselves. Undefined for any path. */
  readonly only?: readonly RegExp[] | undefined;
}

/** The paths of a document's own servers, or the `basePath` of a Swagger 2.0 document, which Prism does not always turn into servers. */
export function serverPathsOf(document: object): string[] {
  const { servers = [], swagger, basePath } = document as Readonly<Record<string, unknown>>;
  const paths = Array.isArray(servers) ? servers.map((server) => pathOf(server)) : [];
  return swagger !== undefined && typeof basePath === "string" ? [withoutSlash(basePath)] : paths;
}

/** The paths of an operation's servers: its own, or those of the document. */
export function pathsOf({ servers = [] }: Operation): string[] {
  return servers.map(pathOf);
}

/**
 * The base paths of all servers in a document, longest first. Servers at the root need no entry.
 *
 * @param serverPaths paths of the document's own servers, below which every operation is
 */
export function basePathsOf(operations: readonly Operation[], serverPaths: readonly string[]): BasePath[] {
  const own = operations.flatMap(pathsOf).filter((path) => !serverPaths.includes(path));
  const paths = [...new Set([...serverPaths, ...own])].filter((path) => path !== "");
  return paths
    .sort((a, b) => b.length - a.length)
    .map((path) => (serverPaths.includes(path) ? { path } : { path, only: patternsBelow(path, operations) }));
}

function patternsBelow(base: string, operations: readonly Operation[]): RegExp[] {
  const there = operations.filter((operation) => pathsOf(operation).includes(base));
  return [...new Set(there.map(({ path }) => path))].map((path) => pathPattern(path, "[^/]*"));
}

/** A path as in the document, whether or not the caller put a server's base path before it. */
export function withoutBasePath(path: string, basePaths: readonly BasePath[]): string {
  const base = basePaths.find(
    (each) => path.startsWith(`${each.path}/`) && admits(each, path.slice(each.path.length)),
  );
  return base === undefined ? path : path.slice(base.path.length);
}

function admits({ only }: BasePath, rest: string): boolean {
  return only?.some((pattern) => pattern.test(rest) || pattern.test(withoutSlash(rest))) ?? true;
}

function pathOf({ url, variables = {} }: Server): string {
  const filledIn = String(url).replace(/\{([^}]+)\}/g, (_, name: string) =>
    String(variables[name]?.default ?? ""),
  );
  // A server's URL can be relative.
  const { pathname } = URL.parse(filledIn, "http://localhost") ?? { pathname: "" };
  return withoutSlash(pathname);
}

const withoutSlash = (path: string) => path.replace(/\/+$/, "");
