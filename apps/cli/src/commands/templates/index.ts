import { group } from "../../command.ts";
import { create } from "./create.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";

/** `esim templates`. */
export const templates = () =>
  group("templates", {
    description: "list, show and create the templates that packages are created from",
    examples: ["esim templates list --inventory 51952", "esim templates get 21145354"],
    commands: [list(), get(), create()],
  });
