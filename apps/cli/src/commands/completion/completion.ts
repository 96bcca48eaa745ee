import { Argument } from "@commander-js/extra-typings";
import { command } from "../../command.ts";
import { print } from "../../output.ts";
import { SCRIPTS, type Shell } from "./scripts.ts";

const SHELLS = Object.keys(SCRIPTS) as Shell[];

/** `esim completion`. */
export const completion = () =>
  command("completion", {
    description: "print a completion script for a shell",
    examples: [
      "source <(esim completion bash)",
      "source <(esim completion zsh)",
      "esim completion fish | source",
      "esim completion powershell | Out-String | Invoke-Expression",
    ],
  })
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action((shell) => print(SCRIPTS[shell]()));
