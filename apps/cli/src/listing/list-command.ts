import { Option } from "@commander-js/extra-typings";
import { milliseconds, oneOf, wholeNumber } from "../arguments.ts";
import { command, type Help } from "../command.ts";
import type { Listing } from "./listing.ts";

/** Creates a list command with the flags that all lists have; each list adds its filters. */
export function listCommand(name: string, help: Help, { one, columns }: Listing) {
  const names = Object.keys(columns);
  const columnName = oneOf("column", names);
  return command(name, help)
    .option("--count <number>", "how many to show, or with --all, to fetch at a time", wholeNumber)
    .option("--offset <number>", "how many to skip", wholeNumber)
    .option("--all", "print every page, as it arrives")
    .addOption(
      new Option("--columns <names>", "columns to show, separated by commas")
        .choices(names)
        .argParser((given) => given.split(",").map((each) => columnName(each.trim()))),
    )
    .addOption(
      new Option("--sort <column>", "sort what is shown by this column; -column for descending")
        .choices(names)
        .argParser((given) => ({
          column: columnName(given.replace(/^-/, "")),
          isDescending: given.startsWith("-"),
        })),
    )
    .option("--csv", "print CSV with a header row")
    .option("--jsonl", `print each ${one} as one line of JSON`)
    .option("--watch <duration>", "refresh at this interval, such as 5s", milliseconds);
}

/** The options that all lists have. */
export type ListOptions = ReturnType<ReturnType<typeof listCommand>["optsWithGlobals"]>;
