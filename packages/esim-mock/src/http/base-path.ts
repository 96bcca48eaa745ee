import { pathPattern } from "../contract/fast-path/path-pattern.ts";
import type { Operation } from "../contract/prism.ts";

interface Server {
  readonly url: string;
  readonly variables?: Readonly<Record<string, { readonly default?: unknown }>> | undefined;
}

/** A path of a server's, which callers may put before those of the document. */
export interface BasePath {
  /** Without a slash at the end. */
  readonly path: string;
  /** What may follow it: paths of the operations that have this server to themselves. Without it, any path. */
  readonly only?: readonly RegExp[] | undefined;
}

/** The paths of a document's own servers, and the `basePath` of a Swagger 2.0 document, of which Prism makes servers only now and then. */
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
 * The base paths of all servers that a document names, longest first; those at the root need no entry.
 *
 * @param serverPaths those of the document itself, below which every operation is
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

/** A path as the document writes it, whether or not the caller put the base path of a server before it. */
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
