import { Argument, Command, type CommanderError, Option } from "commander";
import { version } from "../package.json";
import { CliError } from "./cli-error.ts";
import {
  address,
  iccid,
  milliseconds,
  packageId,
  STATE_CHOICES,
  seconds,
  state,
  wholeNumber,
} from "./commands/arguments.ts";
import { ExitCode } from "./exit-codes.ts";
import type { GlobalOptions } from "./output.ts";

type Options = GlobalOptions & Record<string, never>;
type Action = (options: Options, ...args: string[]) => Promise<void>;

/** The commands, with their flags, help and examples. What a command does is loaded when it runs. */
export function createProgram(): Command {
  const program = new Command("esim")
    .description("Create, find, activate and terminate eSIM data packages.")
    .version(version, "--version", "print the version")
    .option("--json", "print JSON for programs; errors too, on stderr")
    .option("--base-url <url>", "where the API is (environment ESIM_BASE_URL)", address)
    .option("--timeout <duration>", "time limit of each attempt: seconds, or 90s, 2m", milliseconds)
    .option("--quiet", "print IDs only, and no messages")
    .option("--no-color", "no colours (environment NO_COLOR)")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      "after",
      `
Examples:
  $ esim login
  $ esim doctor
  $ esim packages list --status active
  $ esim packages create --sim 8910300000045681955 --template 21145354

Exit codes:
  0 done   1 unexpected   2 wrong usage or rejected (400)   3 keys missing or refused (401)
  4 not found   5 conflict (409)   6 server or network failed   130 interrupted

No account yet? Start the API on this machine: npx @betatelltd/esim-mock`,
    );

  const packages = program
    .command("packages")
    .description("list, get, create, activate and terminate packages")
    .configureHelp({ showGlobalOptions: true })
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .addHelpText(
      "after",
      `
Examples:
  $ esim packages list --sim 8910300000045681955
  $ esim packages get pkg_123456
  $ esim packages activate pkg_123456`,
    );
  define(packages.command("list"), "list packages", (options) => load("list").then((m) => m.list(options)), [
    "esim packages list",
    "esim packages list --sim 8910300000045681955 --status active",
    "esim packages list --all --json | jq -r '.[].id'",
  ])
    .option("--count <number>", "how many to show, or with --all to fetch at a time", wholeNumber)
    .option("--offset <number>", "how many to skip", wholeNumber)
    .option("--inventory <id>", "only SIMs of this inventory", wholeNumber)
    .option("--template <id>", "only packages of this template", wholeNumber)
    .option("--sim <iccid>", "only this SIM", iccid)
    .addOption(
      new Option("--status <state>", `only this state: ${STATE_CHOICES.join(", ")}`).argParser(state),
    )
    .option("--all", "every page, as it comes");

  define(
    packages.command("get").addArgument(id()),
    "show a package",
    (options, id = "") => load("packages").then((m) => m.get(id, options)),
    ["esim packages get pkg_123456"],
  );

  define(
    packages.command("create"),
    "create a package for a SIM",
    (options) => load("packages").then((m) => m.create(options as never)),
    [
      "esim packages create --sim 8910300000045681955 --template 21145354",
      "esim packages create --sim 8910300000045681955 --template 21145354 --time-allowance 7d --dry-run",
    ],
  )
    .requiredOption("--sim <iccid>", "the SIM", iccid)
    .requiredOption("--template <id>", "the package template", wholeNumber)
    .option(
      "--time-allowance <duration>",
      "how long it lasts: seconds, or 12h, 7d; by default the template's",
      seconds,
    )
    .option("--dry-run", "print the request, and send nothing");

  define(
    packages.command("activate").addArgument(id()),
    "activate a package",
    (options, id = "") => load("packages").then((m) => m.activate(id, options)),
    ["esim packages activate pkg_123456"],
  ).option("--dry-run", "print the request, and send nothing");

  define(
    packages.command("terminate").addArgument(id()),
    "end a package for good",
    (options, id = "") => load("packages").then((m) => m.terminate(id, options)),
    ["esim packages terminate pkg_123456", "esim packages terminate pkg_123456 --yes"],
  )
    .option("--yes", "do not ask")
    .option("--dry-run", "print the request, and send nothing");

  define(
    program.command("login"),
    "store the two keys for this user",
    (options) => load("login").then((m) => m.login(options)),
    [
      "esim login",
      `printf '%s\\n' "$USER_ID" "$API_KEY" | esim login`,
      "esim login --base-url http://127.0.0.1:4010",
    ],
  );
  define(
    program.command("logout"),
    "remove the stored keys",
    (options) => load("login").then((m) => m.logout(options)),
    ["esim logout"],
  );
  define(
    program
      .command("doctor")
      .option("--contract", "also hold an answer of the server against the API's document (needs esim-mock)"),
    "check keys, address and server",
    (options) => load("doctor").then((m) => m.doctor(options)),
    ["esim doctor", "esim doctor --json", "esim doctor --contract"],
  );
  const shell = new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]);
  define(
    program.command("completion").addArgument(shell),
    "print a completion script",
    (_, name = "") => load("completion").then((m) => m.completion(name, program)),
    ["source <(esim completion bash)", "esim completion fish | source"],
  );
  endWithUsage(program);
  return program;
}

const COMMANDS = {
  list: () => import("./commands/list.ts"),
  packages: () => import("./commands/packages.ts"),
  login: () => import("./commands/login.ts"),
  doctor: () => import("./commands/doctor.ts"),
  completion: () => import("./commands/completion.ts"),
};

function load<Name extends keyof typeof COMMANDS>(name: Name): ReturnType<(typeof COMMANDS)[Name]> {
  return COMMANDS[name]() as ReturnType<(typeof COMMANDS)[Name]>;
}

function define(command: Command, description: string, action: Action, examples: readonly string[]): Command {
  return command
    .description(description)
    .configureHelp({ showGlobalOptions: true })
    .helpOption("-h, --help", "print this help")
    .allowExcessArguments(false)
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ ${example}`).join("\n")}`)
    .action((...args: unknown[]) => {
      const self = args.at(-1) as Command;
      return action(self.optsWithGlobals<Options>(), ...(self.processedArgs as string[]));
    });
}

/** Wrong usage ends with 2 and is told like every other error; commander itself would print it and end with 1. */
function endWithUsage(command: Command): void {
  command.configureOutput({ outputError: () => {} });
  command.exitOverride((error: CommanderError) => {
    if (error.exitCode === 0) process.exit(ExitCode.done);
    // A command that needs another after it: its help is printed already.
    if (error.code === "commander.help") process.exit(ExitCode.usage);
    const message = error.message.replace(/^error: /, "");
    throw new CliError(message, `see ${name(command)} --help`, ExitCode.usage);
  });
  for (const each of command.commands) endWithUsage(each);
}

function id(): Argument {
  return new Argument("<id>", "the package's ID").argParser(packageId);
}

function name(command: Command): string {
  return command.parent ? `${name(command.parent)} ${command.name()}` : command.name();
}
