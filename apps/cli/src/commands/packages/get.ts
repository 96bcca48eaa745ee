import { milliseconds, packageOrIccid } from "../../arguments.ts";
import { command, type OptionsOf } from "../../command.ts";
import { connect } from "../../connect.ts";
import { show } from "../../drawing.ts";
import { withHints } from "../../hints.ts";
import { checkPackage } from "./check-package.ts";
import { findPackage } from "./find-package.ts";
import { packageHints } from "./hints.ts";
import { packageText } from "./package-text.ts";

const define = () =>
  command("get", {
    description: "show a package",
    examples: ["esim packages get pkg_123456", "esim packages get 8910300000045681955 --watch 5s"],
  })
    .alias("show")
    .argument("<id>", "the package's ID, or the SIM's ICCID", packageOrIccid)
    .option("--watch <duration>", "refresh at this interval, such as 5s", milliseconds);

/** `esim packages get`. */
export const get = () => define().action((id, _, self) => run(id, self.optsWithGlobals()));

async function run(given: string, options: OptionsOf<typeof define>): Promise<void> {
  const connected = await connect(options);
  const { api, call } = connected;
  await show(options, async () => {
    const id = await findPackage(given, connected, {
      wanted: "package to show",
      isEligible: (status) => status !== "TERMINATED",
      isOnlyEligible: true,
      command: "esim packages get",
    });
    const { data } = await withHints(packageHints(id), api.getPackage(id, call));
    return { text: packageText(checkPackage(data), options) };
  });
}
