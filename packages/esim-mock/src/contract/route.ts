import { Refusal } from "../http/refusal.ts";
import type { Route } from "./prism.ts";

const METHOD_NOT_ALLOWED = 405;

/** How many characters of a path an answer quotes. */
export const MAX_QUOTED = 200;

/**
 * Prism's routing with two additions: HEAD is answered as GET, and a 405 lists the allowed methods.
 */
export function explainRoute(route: Route): Route {
  return ({ resources, input }) => {
    const found = route({ resources, input });
    if (found._tag === "Right") return found;

    const { path } = input.url;
    const status = "status" in found.left ? found.left.status : undefined;
    if (status !== METHOD_NOT_ALLOWED) {
      return {
        _tag: "Left",
        left: new Refusal(404, `The document has no path that matches ${path.slice(0, MAX_QUOTED)}`),
      };
    }

    const withMethod = (method: typeof input.method) => route({ resources, input: { ...input, method } });
    if (input.method === "head") {
      const get = withMethod("get");
      if (get._tag === "Right") return get;
    }
    const documented = [...new Set(resources.map(({ method }) => method as typeof input.method))];
    const allowed = documented
      .filter((method) => withMethod(method)._tag === "Right")
      .map((method) => method.toUpperCase());
    const message = `${input.method.toUpperCase()} is not allowed for ${path.slice(0, MAX_QUOTED)}: use ${allowed.join(" or ")}`;
    return { _tag: "Left", left: new Refusal(METHOD_NOT_ALLOWED, message, { allow: allowed.join(", ") }) };
  };
}
