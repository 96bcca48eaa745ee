import type { Operation } from "../contract/prism.ts";
import { pathsOf } from "../http/base-path.ts";

/**
 * The path at a service below which an operation is. That is the service's own, unless the operation has a server of its own that is
 * some levels above those of the document, and the service is at a path of theirs: then it is as many levels up there.
 *
 * @param serverPaths of the document's own servers
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
