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
  }).option("--contract", "also compare all that can be read with the API's document (needs esim-mock)");

type Options = OptionsOf<typeof define>;

/** `esim doctor`: looks at everything that a call needs, and goes on after a failure. */
export const doctor = () => define().action((_, self) => run(self.optsWithGlobals()));

const NOT_ASKED: Check = {
  name: "server",
  ok: false,
  found: "not asked, because the settings are wrong",
  fix: "fix these first",
  exitCode: ExitCode.credentials,
};

async function run(options: Options): Promise<void> {
  const [connection, settings] = settingsChecks(options);
  const isUsable = connection && settings.every(({ name, ok }) => ok || name !== "address");
  const asked = isUsable ? await ask(connection, options) : [NOT_ASKED];
  const checks = [nodeCheck(), ...settings, ...asked];
  if (options.json) {
    await print(json({ ok: checks.every((check) => check.ok), checks: checks.map(toJson) }));
  } else {
    const isColoured = coloured(options);
    await print(checks.flatMap((check) => toLines(check, isColoured)).join("\n"));
  }
  const broken = checks.find((check) => !check.ok);
  process.exitCode = broken ? (broken.exitCode ?? ExitCode.unexpected) : ExitCode.done;
}

async function ask(connection: Connection, options: Options): Promise<Check[]> {
  const checks = await networkChecks(connection.baseUrl.value);
  // Without a proxy that works, no server can be asked.
  if (checks.every(({ name, ok }) => ok || name !== "proxy"))
    checks.push(...(await serverChecks(connection, options)));
  else checks.push({ ...NOT_ASKED, exitCode: ExitCode.usage });
  if (options.contract) {
    const { contractCheck } = await import("./contract.ts");
    checks.push(await contractCheck(connection, options));
  }
  return checks;
}

/** A check as JSON: what is right needs no fix. */
function toJson({ name, ok, found, fix, drift }: Check): object {
  return { name, ok, found, ...(!ok && { fix }), ...(drift && { drift }) };
}

function toLines({ ok, name, found, fix }: Check, isColoured: boolean): string[] {
  const sign = ok ? colour("✓", "green", isColoured) : colour("✗", "red", isColoured);
  return [`${sign} ${name}: ${plain(found)}`, ...(!ok && fix ? [`  fix: ${plain(fix)}`] : [])];
}
