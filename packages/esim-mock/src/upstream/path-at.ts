import type { Operation } from "../contract/prism.ts";
import { pathsOf } from "../http/base-path.ts";

/**
 * The base path of an operation at a service. Usually that is the service's own path. For an operation with its own server, some
 * levels above the document's servers, it is as many levels up, if the service's path is one of the document's.
 *
 * @param serverPaths paths of the document's own servers
 */
export function pathAt(
  { pathname }: URL,
  operation: Operation | undefined,
  serverPaths: readonly string[],
): string {
  const base = pathname.replace(/\/$/, "");
  const own = operation ? pathsOf(operation) : [];
  const usual = serverPaths.find((path) => path !== "" && base.endsWith(path));
  if (usual === undefined || own.some((path) => serverPaths.includes(path))) return base;
  const above = own.find((path) => usual.startsWith(`${path}/`));
  return above === undefined ? base : base.slice(0, base.length - usual.length) + above;
}
