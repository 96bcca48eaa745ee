import { Command, InvalidArgumentError, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { checkNode } from "./check-node.ts";
import { END_SIGNALS, endEarly } from "./end-early.ts";
import { createLogger, LOG_LEVELS } from "./http/logger.ts";
import type { MockOptions } from "./options.ts";

const USAGE_ERROR = 2;

const OPTIONS = [
  new Option("--port <number>", "TCP port; 0 takes a free one").default(4010).argParser(toPort),
  new Option("--host <address>", "address to listen on; 0.0.0.0 lets other machines in").default("127.0.0.1"),
  new Option("--dynamic", "generate answers from the schemas instead of taking the examples"),
  new Option("--stateful", "keep what requests create and change; each user ID has its own account"),
  new Option("--state <file>", "with --stateful, keep the state in this file"),
  new Option("--seed <file>", "with --stateful, start with these templates, SIMs and packages (JSON)"),
  new Option(
    "--upstream <url>",
    "forward requests to this service, and check requests and answers against the document",
  ),
  new Option(
    "--upstream-ca <file>",
    "with --upstream, also trust the certificate authority in this file (PEM)",
  ),
  new Option(
    "--allow-insecure-upstream",
    "with --upstream, allow plain http to another machine: others can read the keys",
  ),
  new Option(
    "--report <file>",
    "with --upstream, write the departures from the document to this file (JSON)",
  ),
  new Option("--strict", "with --upstream, exit with 1 if there were departures from the document"),
  new Option("--no-control", "do not serve the control routes below /_mock"),
  new Option("--allow-host <name>", "accept this host name too; may be repeated").argParser(collect),
  new Option(
    "--allow-origin <url>",
    "let pages from this origin use the whole mock, /_mock included; may be repeated",
  ).argParser(collect),
  new Option("--cors <origins>", "whose pages may use the API: this machine's, or everyone's")
    .choices(["loopback", "*"])
    .default("loopback"),
  new Option("--no-fast-path", "let Prism check every request: the same answers, but slower"),
  new Option("--log-level <level>", "what to write to stderr").choices(LOG_LEVELS).default("info"),
  new Option("--spec <file>", "another OpenAPI document, YAML or JSON, and the files it refers to"),
  new Option("--watch", "reload the document when one of its files changes"),
];

const program = new Command("esim-mock")
  .description(
    `${packageJson.description}\nAnswers are the document's examples or, with --stateful, the contents of an account that your requests change.`,
  )
  .version(packageJson.version, "--version", "print the version")
  .helpOption("--help", "print this help")
  .addHelpText(
    "after",
    `
Examples:
  $ esim-mock
  $ esim-mock --port 0 --log-level silent
  $ esim-mock --dynamic
  $ esim-mock --stateful --state my-account.db
  $ curl -H 'x-user-id: me' -H 'x-api-key: any' http://127.0.0.1:4010/packages
  $ curl -H 'x-user-id: me' -H 'x-api-key: any' -H 'Prefer: code=404' http://127.0.0.1:4010/packages/pkg_1`,
  )
  .allowExcessArguments(false)
  .configureOutput({ outputError: (text, write) => write(`${text.trim().replace(/\s*\n\s*/g, " ")}\n`) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE_ERROR))
  .action(serve);

for (const option of OPTIONS) program.addOption(withVariable(option, process.env));
await program.parseAsync();

/** Every option can be set by an environment variable: `--allow-host` by `ESIM_MOCK_ALLOW_HOST`. The command line takes precedence. */
function withVariable(option: Option, env: NodeJS.ProcessEnv): Option {
  const variable = `ESIM_MOCK_${option.long?.slice(2).replaceAll("-", "_").toUpperCase()}`;
  const value = env[variable] ?? "";
  const isOff = value === "" || ((option.isBoolean() || option.negate) && ["0", "false"].includes(value));
  return isOff ? option : option.env(variable);
}

function toPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}

function collect(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, ...value.split(",")];
}

interface Flags extends MockOptions {
  allowHost?: readonly string[];
  allowOrigin?: readonly string[];
  report?: string;
  strict?: boolean;
}

async function serve({ report, strict = false, allowHost, allowOrigin, ...flags }: Flags): Promise<void> {
  const log = createLogger(flags.logLevel ?? "info");
  const options = { ...flags, allowHosts: allowHost, allowOrigins: allowOrigin };
  // A reader that stopped, as `head` does, or a full disk is no reason to stop serving.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const problem = checkNode();
  if (problem) {
    process.stderr.write(`esim-mock: ${problem}\n`);
    process.exitCode = 1;
    return;
  }
  // Imported here because Prism takes a while to load and --help does not need it.
  const { MockStartError } = await import("./index.ts");
  const { runMock } = await import("./run-mock.ts");
  const { describeDrift, saveDrift } = await import("./upstream/report-drift.ts");
  try {
    if (options.upstream === undefined && (strict || report !== undefined)) {
      throw new MockStartError("OPTION", "--report and --strict need a service: add --upstream.");
    }
    const mock = await runMock(options);
    const save = async () => report !== undefined && (await saveDrift(await mock.drift(), report));
    // Written at the start too: finding out only at the end that the file cannot be written would lose the report.
    await save().catch((error) => mock.close().then(() => Promise.reject(error)));
    let isStopping = false;
    const stop = async () => {
      // The signal may be repeated: its sender cannot know whether it arrived.
      if (isStopping) return;
      isStopping = true;
      await mock.close();
      const found = await mock.drift();
      if (options.upstream !== undefined && options.logLevel !== "silent") {
        process.stderr.write(`${describeDrift(found)}\n`);
      }
      const saved = await save().then(() => true, printError);
      process.exit(saved && !(strict && found.departures > 0) ? 0 : 1);
    };
    // In this order: once there has been a handler, a signal that arrives while there is none is lost.
    for (const signal of END_SIGNALS) process.on(signal, stop).off(signal, endEarly);
    process.stdout.write(`esim-mock listening on ${mock.url}\n`);
    // For people only: a program that reads a pipe wants nothing but the log.
    if (process.stderr.isTTY) for (const line of mock.startLines()) log.info(line);
  } catch (error) {
    printError(error);
    process.exitCode = error instanceof MockStartError && error.code === "OPTION" ? USAGE_ERROR : 1;
  }

  /** Prints an error that the user can fix; any other is rethrown. */
  function printError(error: unknown): false {
    if (!(error instanceof MockStartError)) throw error;
    process.stderr.write(`esim-mock: ${error.message}\n`);
    return false;
  }
}
