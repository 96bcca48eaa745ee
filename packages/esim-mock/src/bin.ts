#!/usr/bin/env node
import module from "node:module";
import { Command, InvalidArgumentError, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { logLevels } from "./http/logger.ts";
import type { MockOptions } from "./start-mock.ts";

// Prism is a thousand files; what Node made of them serves the next start too. A Node that is too old does not have it, and is told so below.
module.enableCompileCache?.();

const usageError = 2;
const oldestNode = 24;

const program = new Command("esim-mock")
  .description(
    `${packageJson.description}\nAnswers are the document's examples, or, with --stateful, what you made of it.`,
  )
  .option("--port <number>", "TCP port; 0 takes a free one", toPort, 4010)
  .option("--host <address>", "address to listen on; 0.0.0.0 lets other machines in", "127.0.0.1")
  .option("--dynamic", "generate answers from the schemas instead of taking the examples")
  .option("--stateful", "remember what was created; each user ID has an account of its own")
  .option("--state <file>", "with --stateful, keep the state in this file")
  .option("--seed <file>", "with --stateful, begin with these templates, SIMs and packages (JSON)")
  .option("--upstream <url>", "pass requests on to this service, and check both ways against the document")
  .option("--upstream-ca <file>", "with --upstream, trust the authority in this file too (PEM)")
  .option(
    "--allow-insecure-upstream",
    "with --upstream, allow http to another machine: others can read the keys",
  )
  .option("--report <file>", "with --upstream, write what departs from the document to this file (JSON)")
  .option("--strict", "with --upstream, end with code 1 if anything departed")
  .option("--no-control", "do not serve the control routes below /_mock")
  .option("--no-fast-path", "ask Prism about every request: the same answers, but slower")
  .addOption(new Option("--log-level <level>", "what to write to stderr").choices(logLevels).default("info"))
  .option("--spec <file>", "another OpenAPI document, YAML or JSON")
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

await program.parseAsync();

function toPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("Give a whole number from 0 to 65535.");
}

interface Flags extends MockOptions {
  report?: string;
  strict?: boolean;
}

async function serve({ report, strict = false, ...options }: Flags): Promise<void> {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major < oldestNode) {
    process.stderr.write(
      `esim-mock needs Node ${packageJson.engines.node}, and this is ${process.version}.\n`,
    );
    process.exitCode = 1;
    return;
  }
  // Here, because Prism takes a while to load and --help does not need it.
  const { MockStartError, startMock } = await import("./index.ts");
  const { describeDrift, saveDrift } = await import("./upstream/report-drift.ts");
  try {
    if (options.upstream === undefined && (strict || report !== undefined)) {
      throw new MockStartError("OPTION", "--report and --strict are about a service: add --upstream.");
    }
    const mock = await startMock(options);
    const save = async () => report !== undefined && (await saveDrift(await mock.drift(), report));
    // Now too: at the end, a file that cannot be written would lose what was found.
    await save().catch((error) => mock.close().then(() => Promise.reject(error)));
    const stop = async () => {
      await mock.close();
      const found = await mock.drift();
      if (options.upstream !== undefined && options.logLevel !== "silent") {
        process.stderr.write(`${describeDrift(found)}\n`);
      }
      const saved = await save().then(() => true, told);
      process.exit(saved && !(strict && found.departures > 0) ? 0 : 1);
    };
    process.once("SIGINT", stop).once("SIGTERM", stop);
    process.stdout.write(`esim-mock listening on ${mock.url}\n`);
  } catch (error) {
    told(error);
    process.exitCode = 1;
  }

  /** Says what went wrong, if it is something that a person can mend. */
  function told(error: unknown): false {
    if (!(error instanceof MockStartError)) throw error;
    process.stderr.write(`esim-mock: ${error.message}\n`);
    return false;
  }
}
