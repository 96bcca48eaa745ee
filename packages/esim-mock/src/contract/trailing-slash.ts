import { Refusal } from "../http/refusal.ts";
import { MAX_QUOTED } from "./route.ts";
import type { Destination, Router } from "./router.ts";

/**
 * Refuses a path with a superfluous trailing slash and names the intended path. Prism takes `/packages/` for `/packages/{id}`
 * without an ID. A trailing slash that the document has itself is allowed.
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
        `The document has no path that matches ${quoted}: use ${use}, without the trailing slash`,
      ),
    };
  };
}

/** Whether the document has the path, for whatever method. */
function isPath({ operation, refusal }: Destination): boolean {
  return operation !== undefined || (refusal instanceof Refusal && refusal.status !== 404);
}
