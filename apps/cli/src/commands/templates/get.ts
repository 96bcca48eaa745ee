import { PCRApi } from "@betatelltd/esim-sdk";
import { milliseconds, wholeNumber } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { show } from "../../drawing.ts";
import { withHints } from "../../hints.ts";
import { checkAnswer } from "../../listing/check-answer.ts";
import { detailsText } from "../../listing/details.ts";
import { TEMPLATE_FIELDS } from "./details.ts";
import { TEMPLATE_HINTS } from "./hints.ts";

const define = () =>
  command("get", {
    description: "show a template",
    examples: ["esim templates get 21145354", "esim templates get 21145354 --json"],
  })
    .alias("show")
    .argument("<template>", "the template's ID", wholeNumber)
    .option("--watch <duration>", "refresh at this interval, such as 5s", milliseconds);

/** `esim templates get`. */
export const get = () => define().action((id, _, self) => run(id, self.optsWithGlobals()));

async function run(id: number, options: OptionsOf<typeof define>): Promise<void> {
  const { configuration, call } = await connect(options);
  const api = new PCRApi(configuration);
  await show(options, async () => {
    const { data } = await withHints(TEMPLATE_HINTS, api.getPackageTemplate(id, call));
    return { text: detailsText(checkAnswer(data, "template", "id"), TEMPLATE_FIELDS, "id", options) };
  });
}
