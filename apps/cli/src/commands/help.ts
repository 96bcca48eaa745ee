import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { CliError } from "../cli-error.ts";
import { command } from "../command.ts";
import { ExitCode } from "../exit-codes.ts";
import { write } from "../output.ts";

/** `esim help [command]`. */
export const help = () =>
  command("help", {
    description: "print the help of a command",
    examples: ["esim help", "esim help packages list"],
  })
    .argument("[command...]", "the command")
    .action(async (words, _, self) => {
      let place: CommandUnknownOpts = self.parent ?? self;
      for (const word of words) {
        const next = place.commands.find((each) => each.name() === word || each.aliases().includes(word));
        if (!next)
          throw new CliError(`unknown command '${words.join(" ")}'`, "run `esim help`", ExitCode.usage);
        place = next;
      }
      await write(helpText(place));
    });

/** The complete help; commander's `helpInformation()` leaves out the examples. */
function helpText(of: CommandUnknownOpts): string {
  let text = "";
  const { writeOut } = of.configureOutput();
  of.configureOutput({ writeOut: (part) => (text += part) });
  of.outputHelp();
  of.configureOutput(writeOut ? { writeOut } : {});
  return text;
}
