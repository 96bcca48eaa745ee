import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import type { GlobalOptions } from "./global-options.ts";

/** What the help of a command shows besides its flags. */
export interface Help {
  readonly description: string;
  readonly examples: readonly string[];
}

/** Makes a command. Its action gets its own options; `optsWithGlobals()` has those of every command too. */
export function command(name: string, { description, examples }: Help) {
  return new Command<[], Record<never, never>, GlobalOptions>(name)
    .description(description)
    .configureHelp({ showGlobalOptions: true })
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .allowExcessArguments(false)
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ ${example}`).join("\n")}`);
}

/** The options of a command, those of every command included: a flag that is renamed no longer compiles where it is used. */
export type OptionsOf<Define extends () => { optsWithGlobals(): object }> = ReturnType<
  ReturnType<Define>["optsWithGlobals"]
>;

/** Makes a command that has commands of its own below it. */
export function group(
  name: string,
  { commands, ...help }: Help & { readonly commands: readonly CommandUnknownOpts[] },
) {
  const made = command(name, help).allowExcessArguments();
  for (const each of commands) made.addCommand(each);
  return made;
}
