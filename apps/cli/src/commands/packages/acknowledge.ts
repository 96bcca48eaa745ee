import { plain } from "../../format/values.ts";
import type { GlobalOptions } from "../../global-options.ts";
import { json, print, tell } from "../../output.ts";

/** Reports that a package was changed, as the options say. */
export async function acknowledge(
  id: string,
  status: number,
  done: string,
  options: GlobalOptions,
): Promise<void> {
  if (options.json) await print(json({ id, status }));
  else tell(options, `${done} ${plain(id)}`);
}
