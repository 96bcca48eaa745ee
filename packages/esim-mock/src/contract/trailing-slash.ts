import { Refusal } from "../http/refusal.ts";
import { MAX_QUOTED } from "./route.ts";
import type { Destination, Router } from "./router.ts";

/**
 * The same router, but that a slash too many at the end of a path is refused with the path that was meant. Prism takes `/packages/` for
 * `/packages/{id}` without an ID. A slash that the document has itself is not too many.
 */
export function refuseTrailingSlash(route: Router): Router {
  return (request) => {
    const found = route(request);
    const { path } = request.url;
    if (!path.endsWith("/") || found.operation?.path.endsWith("/")) return found;
    const meant = path.replace(/\/+$/, "");
    if (!isPath(route({ ...request, url: { ...request.url, path: meant } }))) return found;
    const [quoted, use] = [path, meant].map((text) => text.slice(0, MAX_QUOTED));
    return {
      refusal: new Refusal(
        404,
        `The document has no path that matches ${quoted}: use ${use}, without a slash at the end`,
      ),
    };
  };
}

/** Whether the document has the path, if perhaps for other methods. */
function isPath({ operation, refusal }: Destination): boolean {
  return operation !== undefined || (refusal instanceof Refusal && refusal.status !== 404);
}
