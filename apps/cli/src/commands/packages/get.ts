import { packageId } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { withHints } from "../../hints.ts";
import { hintsFor } from "./hints.ts";
import { printPackage } from "./print-package.ts";

const define = () =>
  command("get", { description: "show a package", examples: ["esim packages get pkg_123456"] }).argument(
    "<id>",
    "the package's ID",
    packageId,
  );

/** `esim packages get`. */
export const get = () => define().action((id, _, self) => run(id, self.optsWithGlobals()));

async function run(id: string, options: OptionsOf<typeof define>): Promise<void> {
  const { api, call } = await connect(options);
  const { data } = await withHints(hintsFor({ id }), api.getPackage(id, call));
  await printPackage(data, options);
}
