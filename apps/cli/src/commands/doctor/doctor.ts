import { command, type OptionsOf } from "../../command.ts";
import { ExitCode } from "../../exit-codes.ts";
import { plain } from "../../format/text.ts";
import { colour } from "../../format/values.ts";
import { coloured, json, print } from "../../output.ts";
import type { Connection } from "../../settings/connection.ts";
import type { Check } from "./check.ts";
import { networkChecks } from "./network.ts";
import { serverChecks } from "./server.ts";
import { nodeCheck, settingsChecks } from "./settings.ts";

const define = () =>
  command("doctor", {
    description: "check keys, address, proxy, certificates, clock and server",
    examples: ["esim doctor", "esim doctor --profile acme", "esim doctor --json", "esim doctor --contract"],
  }).option("--contract", "also compare the server's answers with the API's document (needs esim-mock)");

type Options = OptionsOf<typeof define>;

/** `esim doctor`: checks everything that a call needs, and continues after a failure. */
export const doctor = () => define().action((_, self) => run(self.optsWithGlobals()));

const SERVER_SKIPPED: Check = {
  name: "server",
  ok: false,
  found: "not checked: the settings above are wrong",
  fix: "fix the settings first",
  exitCode: ExitCode.credentials,
};

async function run(options: Options): Promise<void> {
  const [connection, settings] = settingsChecks(options);
  const isUsable = connection && settings.every(({ name, ok }) => ok || name !== "address");
  const remote = isUsable ? await remoteChecks(connection, options) : [SERVER_SKIPPED];
  const checks = [nodeCheck(), ...settings, ...remote];
  if (options.json) {
    await print(json({ ok: checks.every((check) => check.ok), checks: checks.map(toJson) }));
  } else {
    const isColoured = coloured(options);
    await print(checks.flatMap((check) => toLines(check, isColoured)).join("\n"));
  }
  const failed = checks.find((check) => !check.ok);
  process.exitCode = failed ? (failed.exitCode ?? ExitCode.unexpected) : ExitCode.done;
}

async function remoteChecks(connection: Connection, options: Options): Promise<Check[]> {
  const checks = await networkChecks(connection.baseUrl.value);
  // The server cannot be reached through an unusable proxy.
  if (checks.every(({ name, ok }) => ok || name !== "proxy"))
    checks.push(...(await serverChecks(connection, options)));
  else checks.push({ ...SERVER_SKIPPED, exitCode: ExitCode.usage });
  if (options.contract) {
    const { contractCheck } = await import("./contract.ts");
    checks.push(await contractCheck(connection, options));
  }
  return checks;
}

/** A check as JSON. One that passed has no fix. */
function toJson({ name, ok, found, fix, drift }: Check): object {
  return { name, ok, found, ...(!ok && { fix }), ...(drift && { drift }) };
}

function toLines({ ok, name, found, fix }: Check, isColoured: boolean): string[] {
  const sign = ok ? colour("✓", "green", isColoured) : colour("✗", "red", isColoured);
  return [`${sign} ${name}: ${plain(found)}`, ...(!ok && fix ? [`  fix: ${plain(fix)}`] : [])];
}
