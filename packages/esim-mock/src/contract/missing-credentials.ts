import type { Operation, PrismRequest } from "./prism.ts";

type Scheme = NonNullable<Operation["security"]>[number][number];

/**
 * The credentials that a request lacks for an operation, such as `header x-api-key`. Of several alternatives, the one that lacks
 * the fewest. Empty if unknown.
 */
export function missingCredentials(operation: Operation, request: PrismRequest): string[] {
  const alternatives = (operation.security ?? []).map((schemes) =>
    schemes.filter((scheme) => !isPresent(scheme, request)).map(placeOf),
  );
  return alternatives.sort((a, b) => a.length - b.length)[0] ?? [];
}

function isPresent(scheme: Scheme, { headers, url }: PrismRequest): boolean {
  if (scheme.type !== "apiKey") return Boolean(headers?.authorization);
  if (scheme.in === "query") return Boolean(url.query?.[scheme.name]);
  if (scheme.in === "cookie") return Boolean(headers?.cookie?.includes(`${scheme.name}=`));
  return Boolean(headers?.[scheme.name.toLowerCase()]);
}

function placeOf(scheme: Scheme): string {
  return scheme.type === "apiKey" ? `${scheme.in} ${scheme.name}` : "header authorization";
}
