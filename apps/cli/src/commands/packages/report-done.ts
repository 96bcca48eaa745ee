import { plain } from "../../format/text.ts";
import type { GlobalOptions } from "../../global-options.ts";
import { json, log, print } from "../../output.ts";
import { reportWritten } from "../../report-written.ts";
import { getCommand } from "./hints.ts";

/** Reports that a package was changed. @param done such as `activated` */
export async function reportDone(
  id: string,
  status: number,
  done: string,
  options: GlobalOptions,
): Promise<void> {
  if (options.json)
    await reportWritten(`${done} ${plain(id)}`, getCommand(id), () => print(json({ id, status })));
  else log(options, `${done} ${plain(id)}`);
}
