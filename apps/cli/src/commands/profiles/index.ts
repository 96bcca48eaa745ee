import { group } from "../../command.ts";
import { list } from "./list.ts";
import { remove } from "./remove.ts";
import { use } from "./use.ts";

/** `esim profiles`. */
export const profiles = () =>
  group("profiles", {
    description: "list, select and remove stored accounts",
    examples: ["esim login --profile acme", "esim profiles list", "esim profiles use acme"],
    commands: [list(), use(), remove()],
  });
