import { caption } from "@betatelltd/esim-testing/report";
import { markdown } from "./markdown.ts";
import type { Results } from "./results.ts";

/** What the README shows between `<!-- bench:calls -->` and its end, and so on for each group. */
export function sections(results: Results): Record<string, string> {
  return Object.fromEntries(
    Object.entries(results).map(([id, result]) => [
      `bench:${id}`,
      `${markdown(result.rows)}\n\n${caption(result)}`,
    ]),
  );
}
