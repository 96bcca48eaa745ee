import type { Operation, PrismRequest } from "./prism.ts";

type Scheme = NonNullable<Operation["security"]>[number][number];

/**
 * What a request lacks to satisfy the security of an operation, as `header x-api-key`. Of several ways to satisfy it,
 * the one that lacks least. Empty if nothing can be said of it.
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
