import { group } from "../../command.ts";
import { get } from "./get.ts";
import { set } from "./set.ts";

/** `esim line`. */
export const line = () =>
  group("line", {
    description: "show and change the line of a SIM: data, speed, voice, SMS, wallet",
    examples: ["esim line get 8910300000045681955", "esim line set 8910300000045681955 --data off"],
    commands: [get(), set()],
  });
