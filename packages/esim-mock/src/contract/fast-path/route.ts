import { memoizeByObject } from "../memoize.ts";
import type { Operation, Route } from "../prism.ts";
import { pathPattern } from "./path-pattern.ts";

interface Candidate {
  readonly operation: Operation;
  readonly method: string;
  readonly path: RegExp;
  /** Whether the pattern says neither more nor less than Prism. */
  readonly isExact: boolean;
}

/** Prism's routing, asked only where more or fewer than one operation could be meant. */
export function fastRoute(route: Route): Route {
  const candidatesOf = memoizeByObject((resources: readonly Operation[]) => resources.map(toCandidate));
  return (options) => {
    const { method, url } = options.input;
    // Percent-encoded, a path can stand for another.
    if (url.path.includes("%")) return route(options);
    const [only, other] = candidatesOf(options.resources).filter(
      (each) => each.method === method && each.path.test(url.path),
    );
    const isCertain = only?.isExact && !other && url.baseUrl === undefined;
    return isCertain ? { _tag: "Right", right: only.operation } : route(options);
  };
}

/** With a pattern that lets through all that Prism does, and more for a segment of which only a part is a parameter. */
function toCandidate(operation: Operation): Candidate {
  const template = operation.path.replace(/[^/]*[{}][^/]*/g, "{}");
  return {
    operation,
    method: operation.method.toLowerCase(),
    path: pathPattern(template, "[^/]*"),
    isExact: /^(\/([^{}/%]*|\{[^{}/]+\}))+$/.test(operation.path),
  };
}
