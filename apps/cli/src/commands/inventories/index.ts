import { group } from "../../command.ts";
import { list } from "./list.ts";

/** `esim inventories`. */
export const inventories = () =>
  group("inventories", {
    description: "list inventories, the stocks of SIMs",
    examples: ["esim inventories list", "esim inventories list --json"],
    commands: [list()],
  });
