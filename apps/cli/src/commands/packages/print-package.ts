import { table } from "../../format/table.ts";
import { plain } from "../../format/text.ts";
import { timeStyle } from "../../format/time.ts";
import type { GlobalOptions } from "../../global-options.ts";
import { coloured, json } from "../../output.ts";
import { packageDetails } from "./details.ts";
import { asRow } from "./row.ts";

/** One package as lines, as the options say. */
export function packageText(data: unknown, options: GlobalOptions): string {
  if (options.json) return `${json(data)}\n`;
  const row = asRow(data);
  if (options.quiet) return `${plain(row.id)}\n`;
  const style = { isColoured: coloured(options), times: timeStyle("both", options), now: Date.now() };
  return `${table(packageDetails(row, style))}\n`;
}
