import type { Command } from "@commander-js/extra-typings";
import { address, milliseconds, profileName } from "./arguments.ts";

/** Adds the options that every command has. */
export function withGlobalOptions(program: Command) {
  return program
    .option("--json", "print JSON for programs; errors too, on stderr")
    .option("--profile <name>", "the stored account to use (environment ESIM_PROFILE)", profileName)
    .option("--base-url <url>", "where the API is (environment ESIM_BASE_URL)", address)
    .option("--insecure-http", "allow http to another machine (environment ESIM_ALLOW_INSECURE_HTTP=1)")
    .option("--timeout <duration>", "time limit of each attempt: seconds, or 90s, 2m", milliseconds)
    .option("--utc", "times as ISO 8601 in UTC")
    .option("--quiet", "print IDs only, and no messages")
    .option("--no-color", "no colours (environment NO_COLOR)");
}

/** The options that every command has, as they are after parsing; `timeout` is in milliseconds. */
export type GlobalOptions = ReturnType<ReturnType<typeof withGlobalOptions>["opts"]>;
