import { group } from "../../command.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";

/** `esim sims`. */
export const sims = () =>
  group("sims", {
    description: "list and show SIMs",
    examples: ["esim sims list --inventory 51952", "esim sims get 8910300000045681955"],
    commands: [list(), get()],
  });
