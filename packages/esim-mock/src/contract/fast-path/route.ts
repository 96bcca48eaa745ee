import { memoizeByObject } from "../memoize.ts";
import type { Operation, Route } from "../prism.ts";
import { pathPattern } from "./path-pattern.ts";

interface Candidate {
  readonly operation: Operation;
  readonly method: string;
  readonly path: RegExp;
  /** Whether the pattern matches exactly what Prism matches. */
  readonly isExact: boolean;
}

/** Skips Prism's routing where exactly one operation matches. */
export function fastRoute(route: Route): Route {
  const candidatesOf = memoizeByObject((resources: readonly Operation[]) => resources.map(toCandidate));
  return (options) => {
    const { method, url } = options.input;
    // Percent-encoding lets one path mean another.
    if (url.path.includes("%")) return route(options);
    const [only, other] = candidatesOf(options.resources).filter(
      (each) => each.method === method && each.path.test(url.path),
    );
    const isCertain = only?.isExact && !other && url.baseUrl === undefined;
    return isCertain ? { _tag: "Right", right: only.operation } : route(options);
  };
}

/** The pattern matches everything that Prism does, and more for a segment that is only partly a parameter. */
function toCandidate(operation: Operation): Candidate {
  const template = operation.path.replace(/[^/]*[{}][^/]*/g, "{}");
  return {
    operation,
    method: operation.method.toLowerCase(),
    path: pathPattern(template, "[^/]*"),
    isExact: /^(\/([^{}/%]*|\{[^{}/]+\}))+$/.test(operation.path),
  };
}
