import { version as number } from "../../package.json";
import { command } from "../command.ts";
import { json, print } from "../output.ts";

/** `esim version`. */
export const version = () =>
  command("version", {
    description: "print the version",
    examples: ["esim version", "esim version --json"],
  }).action(async (_, self) =>
    print(self.optsWithGlobals().json ? json({ esim: number, node: process.version }) : number),
  );
