import type { Command } from "@commander-js/extra-typings";
import { address, milliseconds, profileName } from "./arguments.ts";

/** Adds the global options. */
export function withGlobalOptions(program: Command) {
  return program
    .option("--json", "print JSON; errors go to stderr as JSON too")
    .option("--profile <name>", "use this stored account (env: ESIM_PROFILE)", profileName)
    .option("--base-url <url>", "the address of the API (env: ESIM_BASE_URL)", address)
    .option("--insecure-http", "allow http to other machines (env: ESIM_ALLOW_INSECURE_HTTP=1)")
    .option("--timeout <duration>", "time limit per attempt: seconds, or 90s, 2m", milliseconds)
    .option("--utc", "print times as ISO 8601 in UTC")
    .option("--quiet", "print IDs only, and no messages")
    .option("--no-color", "disable colours (env: NO_COLOR)");
}

/** The global options after parsing; `timeout` is in milliseconds. */
export type GlobalOptions = ReturnType<ReturnType<typeof withGlobalOptions>["opts"]>;
