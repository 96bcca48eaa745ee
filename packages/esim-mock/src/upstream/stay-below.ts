import { Refusal } from "../http/refusal.ts";

/**
 * Refuses a path that leaves the base path of the service: keys must not reach anything else there.
 *
 * @throws Refusal (400)
 */
export function stayBelow(base: string, path: string): void {
  // As the most lenient server would read it: encoded, with backslashes or `;parameters`, without empty segments.
  const plain = path.replace(/%(2e|2f|5c|3b)/gi, (encoded) => decodeURIComponent(encoded));
  let depth = 0;
  for (const segment of plain.split(/[/\\]/).map((each) => each.split(";")[0])) {
    if (segment === "..") depth -= 1;
    else if (segment !== "" && segment !== ".") depth += 1;
    if (depth < 0)
      throw new Refusal(400, `The path leaves ${base} and was not forwarded: remove ".." from it`);
  }
}
