import { memoizeByObject } from "../memoize.ts";
import type { Components, Operation } from "../prism.ts";

type ValidateSecurity = Components["validateSecurity"];

/** Prism's security, asked unless all keys of one way to satisfy it are there. */
export function fastSecurity(validateSecurity: ValidateSecurity): ValidateSecurity {
  const keysOf = memoizeByObject(headerKeys);
  return (options) => {
    const { headers = {} } = options.element;
    const ways = keysOf(options.resource);
    const isSatisfied = ways === "none" || ways.some((keys) => keys.every((key) => headers[key]));
    return isSatisfied ? { _tag: "Right", right: options.element } : validateSecurity(options);
  };
}

/** The ways to satisfy the security that consist of nothing but headers; `none` if there is nothing to satisfy. */
function headerKeys({ security = [] }: Operation): string[][] | "none" {
  if (security.length === 0) return "none";
  return security
    .map((schemes) =>
      schemes.map((scheme) =>
        scheme.type === "apiKey" && scheme.in === "header" ? scheme.name.toLowerCase() : undefined,
      ),
    )
    .filter((keys): keys is string[] => keys.length > 0 && !keys.includes(undefined));
}
