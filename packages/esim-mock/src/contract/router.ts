import type { Incoming } from "../http/read-request.ts";
import type { Operation, PrismRequest, Route } from "./prism.ts";

/** Where a request leads: to an operation of the document, or to the reason why there is none. */
export type Destination =
  | {
      readonly operation: Operation;
      readonly pathParameters: Readonly<Record<string, string>>;
      readonly refusal?: undefined;
    }
  | { readonly operation?: undefined; readonly refusal: Error };

/** An API request that has been read, and where it leads. */
export type Routed = Incoming & { readonly destination: Destination };

/** Finds the destination of a request, once for everything that needs it later. */
export type Router = (request: PrismRequest) => Destination;

export function createRouter(operations: readonly Operation[], route: Route): Router {
  const resources = [...operations];
  return (input) => {
    const found = route({ resources, input });
    if (found._tag === "Left") return { refusal: found.left };
    const operation = found.right;
    return { operation, pathParameters: pathParameters(operation, input.url.path) };
  };
}

/** The values of path parameters that are whole segments, decoded where possible. */
export function pathParameters({ path: template }: Operation, path: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  if (!template.includes("{")) return parameters;
  const segments = path.split("/");
  for (const [index, part] of template.split("/").entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined) parameters[name] = decode(segments[index] ?? "");
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
