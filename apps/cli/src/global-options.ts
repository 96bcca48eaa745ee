import type { Command } from "@commander-js/extra-typings";
import { address, milliseconds } from "./arguments.ts";

/** Adds the options that every command has. */
export function withGlobalOptions(program: Command) {
  return program
    .option("--json", "print JSON for programs; errors too, on stderr")
    .option("--base-url <url>", "where the API is (environment ESIM_BASE_URL)", address)
    .option("--timeout <duration>", "time limit of each attempt: seconds, or 90s, 2m", milliseconds)
    .option("--quiet", "print IDs only, and no messages")
    .option("--no-color", "no colours (environment NO_COLOR)");
}

/** The options that every command has, as they are after parsing; `timeout` is in milliseconds. */
export type GlobalOptions = ReturnType<ReturnType<typeof withGlobalOptions>["opts"]>;
