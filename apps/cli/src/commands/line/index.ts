import { group } from "../../command.ts";
import { get } from "./get.ts";
import { set } from "./set.ts";

/** `esim line`. */
export const line = () =>
  group("line", {
    description: "show and change how a SIM may use the network",
    examples: ["esim line get 8910300000045681955", "esim line set 8910300000045681955 --data off"],
    commands: [get(), set()],
  });
