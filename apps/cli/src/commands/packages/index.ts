import { group } from "../../command.ts";
import { activate } from "./activate.ts";
import { create } from "./create.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { terminate } from "./terminate.ts";

/** `esim packages`. */
export const packages = () =>
  group("packages", {
    description: "list, show, create, activate and terminate packages",
    examples: [
      "esim packages list --sim 8910300000045681955",
      "esim packages get pkg_123456",
      "esim packages activate pkg_123456",
    ],
    commands: [list(), get(), create(), activate(), terminate()],
  });
