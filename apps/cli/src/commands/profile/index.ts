import { group } from "../../command.ts";
import { get } from "./get.ts";

/** `esim profile`. */
export const profile = () =>
  group("profile", {
    description: "show the eUICC profile of a SIM (for stored accounts, see `esim profiles`)",
    examples: ["esim profile get 8910300000045681955", "esim qr 8910300000045681955"],
    commands: [get()],
  });
