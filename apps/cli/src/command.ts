import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import type { GlobalOptions } from "./global-options.ts";

/** What a command's help shows besides its flags. */
export interface Help {
  readonly description: string;
  readonly examples: readonly string[];
}

/** Creates a command. Its action gets the command's own options; `optsWithGlobals()` includes the global ones. */
export function command(name: string, { description, examples }: Help) {
  return new Command<[], Record<never, never>, GlobalOptions>(name)
    .description(description)
    .configureHelp({ showGlobalOptions: true })
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .allowExcessArguments(false)
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ ${example}`).join("\n")}`);
}

/** The options of a command, global ones included. Inferred from its flags, so a renamed flag no longer compiles where it is used. */
export type OptionsOf<Define extends () => { optsWithGlobals(): object }> = ReturnType<
  ReturnType<Define>["optsWithGlobals"]
>;

/** Creates a command that groups subcommands. */
export function group(
  name: string,
  { commands, ...help }: Help & { readonly commands: readonly CommandUnknownOpts[] },
) {
  const made = command(name, help).allowExcessArguments();
  for (const each of commands) made.addCommand(each);
  return made;
}
