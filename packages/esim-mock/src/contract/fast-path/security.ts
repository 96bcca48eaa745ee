import { memoizeByObject } from "../memoize.ts";
import type { Components, Operation } from "../prism.ts";

type ValidateSecurity = Components["validateSecurity"];

/** Skips Prism's security check where all keys of one alternative are present. */
export function fastSecurity(validateSecurity: ValidateSecurity): ValidateSecurity {
  const keysOf = memoizeByObject(headerKeys);
  return (options) => {
    const { headers = {} } = options.element;
    const ways = keysOf(options.resource);
    const isSatisfied = ways === "none" || ways.some((keys) => keys.every((key) => headers[key]));
    return isSatisfied ? { _tag: "Right", right: options.element } : validateSecurity(options);
  };
}

/** The security alternatives that consist only of headers; `none` if no security is required. */
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
