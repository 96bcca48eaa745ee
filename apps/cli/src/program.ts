import { Command, type CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { version } from "../package.json";
import { CliError } from "./cli-error.ts";
import { completion } from "./commands/completion.ts";
import { doctor } from "./commands/doctor/doctor.ts";
import { login } from "./commands/login.ts";
import { logout } from "./commands/logout.ts";
import { packages } from "./commands/packages/index.ts";
import { ExitCode } from "./exit-codes.ts";
import { withGlobalOptions } from "./global-options.ts";

const HELP = `
Examples:
  $ esim login
  $ esim doctor
  $ esim packages list --status active
  $ esim packages create --sim 8910300000045681955 --template 21145354

Exit codes:
  0 done   1 unexpected   2 wrong usage or rejected (400)   3 keys missing or refused (401)
  4 not found   5 conflict (409)   6 server or network failed   130 interrupted

No account yet? Start the API on this machine: npx @betatelltd/esim-mock`;

/** The program, assembled from its commands. */
export function createProgram(): CommandUnknownOpts {
  const program: CommandUnknownOpts = withGlobalOptions(
    new Command("esim")
      .description("Create, find, activate and terminate eSIM data packages.")
      .version(version, "--version", "print the version")
      .helpOption("-h, --help", "print this help")
      .helpCommand(false)
      .configureHelp({ showGlobalOptions: true })
      .addHelpText("after", HELP),
  );
  for (const each of [packages(), login(), logout(), doctor(), completion()]) program.addCommand(each);
  endWithUsage(program);
  return program;
}

/** Wrong usage ends with 2 and is reported like every other error; commander itself would print it and end with 1. */
function endWithUsage(command: CommandUnknownOpts): void {
  command.showSuggestionAfterError();
  command.configureOutput({ outputError: () => {} });
  command.exitOverride((error: CommanderError) => {
    if (error.exitCode === 0) process.exit(ExitCode.done);
    // A command that needs another after it: its help is printed already.
    if (error.code === "commander.help") process.exit(ExitCode.usage);
    const message = error.message.replace(/^error: /, "");
    throw new CliError(message, `see ${fullName(command)} --help`, ExitCode.usage);
  });
  for (const each of command.commands) endWithUsage(each);
}

function fullName(command: CommandUnknownOpts): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
