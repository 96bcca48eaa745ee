import { Command, InvalidArgumentError, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { checkNode } from "./check-node.ts";
import { END_SIGNALS, endEarly } from "./end-early.ts";
import { createLogger, logLevels } from "./http/logger.ts";
import type { MockOptions } from "./options.ts";

const usageError = 2;

const OPTIONS = [
  new Option("--port <number>", "TCP port; 0 takes a free one").default(4010).argParser(toPort),
  new Option("--host <address>", "address to listen on; 0.0.0.0 lets other machines in").default("127.0.0.1"),
  new Option("--dynamic", "generate answers from the schemas instead of taking the examples"),
  new Option("--stateful", "remember what was created; each user ID has an account of its own"),
  new Option("--state <file>", "with --stateful, keep the state in this file"),
  new Option("--seed <file>", "with --stateful, begin with these templates, SIMs and packages (JSON)"),
  new Option(
    "--upstream <url>",
    "pass requests on to this service, and check both ways against the document",
  ),
  new Option("--upstream-ca <file>", "with --upstream, trust the authority in this file too (PEM)"),
  new Option(
    "--allow-insecure-upstream",
    "with --upstream, allow http to another machine: others can read the keys",
  ),
  new Option("--report <file>", "with --upstream, write what departs from the document to this file (JSON)"),
  new Option("--strict", "with --upstream, end with code 1 if anything departed"),
  new Option("--no-control", "do not serve the control routes below /_mock"),
  new Option("--allow-host <name>", "another name by which the mock is reached; may be repeated").argParser(
    collect,
  ),
  new Option(
    "--allow-origin <url>",
    "pages of this origin may use all of the mock; may be repeated",
  ).argParser(collect),
  new Option("--cors <origins>", "which pages may use the API: of this machine, or all")
    .choices(["loopback", "*"])
    .default("loopback"),
  new Option("--no-fast-path", "ask Prism about every request: the same answers, but slower"),
  new Option("--log-level <level>", "what to write to stderr").choices(logLevels).default("info"),
  new Option("--spec <file>", "another OpenAPI document, YAML or JSON, with the files that it refers to"),
  new Option("--watch", "read the document again when one of its files changes"),
];

const program = new Command("esim-mock")
  .description(
    `${packageJson.description}\nAnswers are the document's examples, or, with --stateful, an account that your requests change.`,
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
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : usageError))
  .action(serve);

for (const option of OPTIONS) program.addOption(withVariable(option, process.env));
await program.parseAsync();

/** Every option can be given as a variable: `--allow-host` as `ESIM_MOCK_ALLOW_HOST`. What is on the command line goes before it. */
function withVariable(option: Option, env: NodeJS.ProcessEnv): Option {
  const variable = `ESIM_MOCK_${option.long?.slice(2).replaceAll("-", "_").toUpperCase()}`;
  const value = env[variable] ?? "";
  const isOff = value === "" || ((option.isBoolean() || option.negate) && ["0", "false"].includes(value));
  return isOff ? option : option.env(variable);
}

function toPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("Give a whole number from 0 to 65535.");
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
  // Somebody stopped reading, as `head` does, or the disk is full: that is no reason to stop serving.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const problem = checkNode();
  if (problem) {
    process.stderr.write(`esim-mock: ${problem}\n`);
    process.exitCode = 1;
    return;
  }
  // Here, because Prism takes a while to load and --help does not need it.
  const { MockStartError } = await import("./index.ts");
  const { runMock } = await import("./run-mock.ts");
  const { describeDrift, saveDrift } = await import("./upstream/report-drift.ts");
  try {
    if (options.upstream === undefined && (strict || report !== undefined)) {
      throw new MockStartError("OPTION", "--report and --strict are about a service: add --upstream.");
    }
    const mock = await runMock(options);
    const save = async () => report !== undefined && (await saveDrift(await mock.drift(), report));
    // Now too: at the end, a file that cannot be written would lose what was found.
    await save().catch((error) => mock.close().then(() => Promise.reject(error)));
    let isStopping = false;
    const stop = async () => {
      // It may be sent again, because its sender cannot know that it was heard.
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
    // In this order: a signal that comes while nobody listens is lost, if somebody has listened before.
    for (const signal of END_SIGNALS) process.on(signal, stop).off(signal, endEarly);
    process.stdout.write(`esim-mock listening on ${mock.url}\n`);
    // For a person. What reads a pipe wants the log and nothing else.
    if (process.stderr.isTTY) for (const line of mock.startLines()) log.info(line);
  } catch (error) {
    printError(error);
    process.exitCode = error instanceof MockStartError && error.code === "OPTION" ? usageError : 1;
  }

  /** Prints what went wrong, if it is something that a person can fix. */
  function printError(error: unknown): false {
    if (!(error instanceof MockStartError)) throw error;
    process.stderr.write(`esim-mock: ${error.message}\n`);
    return false;
  }
}
