import { table } from "../../format/table.ts";
import { plain } from "../../format/values.ts";
import type { GlobalOptions } from "../../global-options.ts";
import { coloured, json, print } from "../../output.ts";
import { type Loose, packageDetails } from "./format.ts";

/** Prints one package, as the options say. */
export async function printPackage(data: object, options: GlobalOptions): Promise<void> {
  const row = Object(data) as Loose;
  if (options.json) await print(json(data));
  else if (options.quiet) await print(plain(row.id));
  else await print(table(packageDetails(row, coloured(options))));
}
