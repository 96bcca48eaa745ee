import { Refusal } from "../http/refusal.ts";
import type { Route } from "./prism.ts";

const methodNotAllowed = 405;

/** Characters of a path that an answer quotes. */
export const MAX_QUOTED = 200;

/**
 * Prism's routing with two things added: HEAD is answered as GET, and a refusal says what there is instead.
 */
export function explainRoute(route: Route): Route {
  return ({ resources, input }) => {
    const found = route({ resources, input });
    if (found._tag === "Right") return found;

    const { path } = input.url;
    const status = "status" in found.left ? found.left.status : undefined;
    if (status !== methodNotAllowed) {
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
    return { _tag: "Left", left: new Refusal(methodNotAllowed, message, { allow: allowed.join(", ") }) };
  };
}
