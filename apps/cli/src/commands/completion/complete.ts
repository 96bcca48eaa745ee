import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { command } from "../../command.ts";
import { print } from "../../output.ts";
import type { ConnectionFlags } from "../../settings/connection.ts";
import type { Candidate } from "./candidate.ts";
import { DYNAMIC_VALUES } from "./values.ts";

/** `esim __complete`, which completion scripts call: prints completions of the last word. */
export const complete = () =>
  command("__complete", { description: "print completions; used by completion scripts", examples: [] })
    .argument("[words...]", "the words so far, ending with the one to complete")
    .option("--empty", "the word to complete is empty, and was left out")
    .action(async (words, { empty }, self) => {
      const found = await candidates(self.parent ?? self, empty ? [...words, ""] : words);
      if (found.length > 0)
        await print(found.map(({ word, meaning }) => (meaning ? `${word}\t${meaning}` : word)).join("\n"));
    });

/** The completions of the last word. */
async function candidates(
  program: CommandUnknownOpts,
  given: readonly string[],
): Promise<readonly Candidate[]> {
  // `help` takes the same words as the program itself.
  const words = joinEquals(given[0] === "help" ? given.slice(1) : given);
  const current = words.at(-1) ?? "";
  const { place, previous, positionals, flags } = walk(program, words.slice(0, -1));
  const [, flag, typed] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
  if (previous) return matching(await valuesOf(previous, current, flags), current);
  if (flag !== undefined && typed !== undefined) {
    const option = optionsOf(place).find(({ long }) => long === flag);
    const values = option ? await valuesOf(option, typed, flags) : [];
    return matching(values, typed).map((each) => ({ ...each, word: `${flag}=${each.word}` }));
  }
  if (current.startsWith("-")) return matching(flagsOf(place), current);
  const argument =
    place.registeredArguments[positionals] ?? place.registeredArguments.find((each) => each.variadic);
  const values = argument ? await valuesOf(argument, current, flags) : [];
  const commands = place.commands
    .filter((each) => !each.name().startsWith("_"))
    .map((each) => ({ word: each.name(), meaning: each.description() }));
  return matching([...commands, ...values], current);
}

/** Some shells split words at the equals sign. */
function joinEquals(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const isContinued = last?.startsWith("--") && (word === "=" || last.endsWith("="));
    if (isContinued) joined[joined.length - 1] = last + word;
    else joined.push(word);
  }
  return joined;
}

interface Place {
  readonly place: CommandUnknownOpts;
  /** The flag before the last word, if it needs a value. */
  readonly previous: Option | undefined;
  /** The number of arguments so far. */
  readonly positionals: number;
  /** The flags so far that determine server and account. */
  readonly flags: ConnectionFlags;
}

function walk(program: CommandUnknownOpts, words: readonly string[]): Place {
  let place = program;
  let previous: Option | undefined;
  let positionals = 0;
  const given: Record<string, string | true> = {};
  for (const word of words) {
    if (previous) {
      given[previous.attributeName()] = word;
      previous = undefined;
    } else if (word.startsWith("-")) {
      const [, name = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
      const option = optionsOf(place).find(({ long, short }) => [long, short].includes(name));
      if (option && value !== undefined) given[option.attributeName()] = value;
      else if (option?.required) previous = option;
      else if (option) given[option.attributeName()] = true;
    } else {
      const next = place.commands.find((each) => each.name() === word || each.aliases().includes(word));
      if (next) place = next;
      else positionals++;
    }
  }
  const { profile, baseUrl, insecureHttp } = given;
  const flags: ConnectionFlags = {
    ...(typeof profile === "string" && { profile }),
    ...(typeof baseUrl === "string" && { baseUrl }),
    ...(insecureHttp && { insecureHttp: true }),
  };
  return { place, previous, positionals, flags };
}

/** The options of a command and of its parents. */
function optionsOf(place: CommandUnknownOpts): Option[] {
  return [...place.options, ...(place.parent ? optionsOf(place.parent) : [])];
}

function flagsOf(place: CommandUnknownOpts): Candidate[] {
  const flags = optionsOf(place).map(({ long, flags, description }) => ({
    word: long ?? flags,
    meaning: description,
  }));
  return [...flags, { word: "--help", meaning: "print this help" }];
}

/** What to keep in front of the completed value: the other names of a list, and the sign for descending order. */
const PREFIXES: Readonly<Record<string, RegExp>> = { columns: /^.*,/s, sort: /^-/ };

interface Valued {
  readonly argChoices?: readonly string[];
  name(): string;
  readonly parent?: unknown;
}

async function valuesOf(
  valued: Valued,
  typed: string,
  flags: ConnectionFlags,
): Promise<readonly Candidate[]> {
  const dynamic = DYNAMIC_VALUES[valued.name()];
  const values = dynamic ? await dynamic(flags) : (valued.argChoices ?? []).map((word) => ({ word }));
  const prefix = PREFIXES[valued.name()]?.exec(typed)?.[0];
  return prefix ? values.map((each) => ({ ...each, word: prefix + each.word })) : values;
}

function matching(all: readonly Candidate[], typed: string): Candidate[] {
  const found = new Map(all.filter(({ word }) => word.startsWith(typed)).map((each) => [each.word, each]));
  return [...found.values()];
}
