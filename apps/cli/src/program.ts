import { Command, type CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { version as number } from "../package.json";
import { asIccid } from "./arguments.ts";
import { CliError } from "./cli-error.ts";
import { api } from "./commands/api.ts";
import { check } from "./commands/check/check.ts";
import { complete } from "./commands/completion/complete.ts";
import { completion } from "./commands/completion/completion.ts";
import { countries } from "./commands/countries.ts";
import { doctor } from "./commands/doctor/doctor.ts";
import { help } from "./commands/help.ts";
import { inventories } from "./commands/inventories/index.ts";
import { line } from "./commands/line/index.ts";
import { login } from "./commands/login.ts";
import { logout } from "./commands/logout.ts";
import { packages } from "./commands/packages/index.ts";
import { profile } from "./commands/profile/index.ts";
import { profiles } from "./commands/profiles/index.ts";
import { qr } from "./commands/qr.ts";
import { sell } from "./commands/sell/sell.ts";
import { sims } from "./commands/sims/index.ts";
import { status } from "./commands/status.ts";
import { templates } from "./commands/templates/index.ts";
import { version } from "./commands/version.ts";
import { ExitCode } from "./exit-codes.ts";
import { plain } from "./format/text.ts";
import { withGlobalOptions } from "./global-options.ts";
import { writeNow } from "./output.ts";

const HELP = `
Examples:
  $ esim login
  $ esim check 8910300000045681955
  $ esim sell --template 21145354
  $ esim packages list --status active
  $ esim packages create --sim 8910300000045681955 --template 21145354

Exit codes:
  0  done                          4  not found (404)
  1  unexpected error              5  conflict (409)
  2  wrong usage, rejected (400)   6  server or network failure
  3  keys missing, refused (401)   7  check: data should not work
  129, 130, 143  ended by SIGHUP, Ctrl-C, SIGTERM

No account yet? Run the API on this machine: npx @betatelltd/esim-mock`;

const COMMANDS = {
  check,
  sell,
  packages,
  templates,
  inventories,
  sims,
  profile,
  qr,
  line,
  countries,
  status,
  profiles,
  login,
  logout,
  doctor,
  api,
  completion,
  help,
  version,
} satisfies Readonly<Record<string, () => CommandUnknownOpts>>;

/**
 * Assembles the program from its commands.
 * @param args the command line: if it starts with a command, only that one is created, because creating all of them takes as long as
 * printing a list. `help` needs all of them, and so does anything else.
 */
export function createProgram(args: readonly string[] = []): CommandUnknownOpts {
  const program: CommandUnknownOpts = withGlobalOptions(
    new Command("esim")
      .description(
        "Sell eSIMs, find out why one does not work, and list, create, activate and terminate data packages.",
      )
      .version(number, "-v, --version", "print the version")
      .helpOption("-h, --help", "print this help")
      .helpCommand(false)
      .configureHelp({ showGlobalOptions: true })
      .addHelpText("after", HELP),
  );
  const [first = ""] = args;
  const isOneEnough = Object.hasOwn(COMMANDS, first) && first !== "help";
  for (const [name, create] of Object.entries(COMMANDS))
    if (!isOneEnough || name === first) program.addCommand(create());
  if (!isOneEnough) program.addCommand(complete(), { hidden: true });
  endWithUsage(program);
  return program;
}

/** Reports wrong usage like any other error, with exit code 2; commander would print it and exit with 1. */
function endWithUsage(command: CommandUnknownOpts): void {
  command.showSuggestionAfterError();
  command.configureOutput({ outputError: () => {}, writeOut: writeNow });
  command.exitOverride((error: CommanderError) => {
    if (error.exitCode === 0) process.exit(ExitCode.done);
    // A group without a subcommand: commander has printed its help already.
    if (error.code === "commander.help") process.exit(ExitCode.usage);
    const message = error.message.replace(/^error: /, "");
    const suggestion = error.code === "commander.unknownCommand" && suggest(command);
    // Commander reports a missing option first, even if the option is there but misspelt.
    const misspelt =
      error.code === "commander.missingMandatoryOptionValue" && command.args.find((each) => /^-./.test(each));
    const all = misspelt ? `unknown option '${plain(misspelt)}', and ${message}` : suggestion || message;
    throw new CliError(all, `run \`${fullName(command)} --help\``, ExitCode.usage);
  });
  for (const each of command.commands) endWithUsage(each);
}

/** Suggests what an unknown command may have meant: a subcommand of another command, or a SIM to check. */
function suggest(command: CommandUnknownOpts): string | undefined {
  const [word = ""] = command.args;
  const below = command.commands.find((each) =>
    each.commands.some((one) => [one.name(), ...one.aliases()].includes(word)),
  );
  const sim = asIccid(word);
  const suggestion = sim ? `esim check ${sim}` : below && `${fullName(below)} ${word}`;
  return suggestion && `unknown command '${plain(word)}': did you mean ${suggestion}?`;
}

function fullName(command: CommandUnknownOpts): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
