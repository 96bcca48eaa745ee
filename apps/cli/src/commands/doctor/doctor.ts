import { styleText } from "node:util";
import { Configuration, EsimApiError, EsimUsageError, PackagesApi } from "@betatelltd/esim-sdk";
import { shown } from "../../address.ts";
import { command, type OptionsOf } from "../../command.ts";
import {
  type Connection,
  credentialsFile,
  isExposed,
  mask,
  readCredentials,
  resolveConnection,
  type Setting,
} from "../../credentials.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { GlobalOptions } from "../../global-options.ts";
import { coloured, json, print } from "../../output.ts";
import type { Check } from "./check.ts";

const define = () =>
  command("doctor", {
    description: "check keys, address and server",
    examples: ["esim doctor", "esim doctor --json", "esim doctor --contract"],
  }).option("--contract", "also hold an answer of the server against the API's document (needs esim-mock)");

/** `esim doctor`: looks at everything that a call needs, and goes on after a failure. */
export const doctor = () => define().action((_, self) => run(self.optsWithGlobals()));

async function run(options: OptionsOf<typeof define>): Promise<void> {
  const [connection, found] = settings(options);
  const checks = connection ? [...found, ...(await server(connection, options))] : [...found, NOT_ASKED];
  if (connection && options.contract) {
    const { contract } = await import("./contract.ts");
    checks.push(await contract(connection, options));
  }
  if (options.json) {
    const ok = checks.every((check) => check.ok);
    await print(json({ ok, checks: checks.map(told) }));
  } else {
    const colour = coloured(options);
    for (const { ok, name, found, fix } of checks) {
      const sign = ok ? "✓" : "✗";
      await print(
        `${colour ? styleText(ok ? "green" : "red", sign, { validateStream: false }) : sign} ${name}: ${found}`,
      );
      if (!ok && fix) await print(`  fix: ${fix}`);
    }
  }
  const broken = checks.find((check) => !check.ok);
  process.exitCode = broken ? (broken.exitCode ?? ExitCode.unexpected) : ExitCode.done;
}

/** A check as JSON: what is right needs no fix. */
function told({ name, ok, found, fix, drift }: Check): object {
  return { name, ok, found, ...(!ok && { fix }), ...(drift && { drift }) };
}

const NOT_ASKED: Check = {
  name: "server",
  ok: false,
  found: "not asked, because the settings are wrong",
  fix: "mend those first",
  exitCode: ExitCode.credentials,
};

/** Where the API is and with what, each with where that comes from; without the first when they contradict each other. */
function settings(options: GlobalOptions): [Connection | undefined, Check[]] {
  const major = Number.parseInt(process.versions.node, 10);
  const node: Check = {
    name: "Node.js",
    ok: major >= OLDEST_NODE,
    found: process.version,
    fix: `install Node.js ${OLDEST_NODE} or later`,
  };
  try {
    const connection = resolveConnection(options.baseUrl);
    const { baseUrl, userId, apiKey } = connection;
    return [
      connection,
      [
        node,
        { name: "address", ok: true, found: `${shown(baseUrl.value)} from ${baseUrl.source}` },
        key("user ID", "ESIM_USER_ID", userId),
        key("API key", "ESIM_API_KEY", apiKey),
        ...storedKeys(),
      ],
    ];
  } catch (error) {
    const wrong = failed("settings", error);
    // A broken file would be told twice.
    const others = storedKeys().filter(({ found }) => found !== wrong.found);
    return [undefined, [node, wrong, ...others]];
  }
}

/** Older ones lack what this program and the SDK are written with. */
const OLDEST_NODE = 20;

function key(name: string, variable: string, { value, source }: Setting): Check {
  if (value) return { name, ok: true, found: `${mask(value)} from ${source}` };
  const fix = `run \`esim login\`, or set ${variable}`;
  return { name, ok: false, found: "missing", fix, exitCode: ExitCode.credentials };
}

/** The file, also where the environment beats it. */
function storedKeys(): Check[] {
  const file = credentialsFile();
  try {
    if (!readCredentials()) return [];
  } catch (error) {
    return [failed("stored keys", error)];
  }
  if (!isExposed()) return [{ name: "stored keys", ok: true, found: `only you can read ${file}` }];
  const fix = `chmod 600 ${file}`;
  return [
    {
      name: "stored keys",
      ok: false,
      found: `others can read ${file}`,
      fix,
      exitCode: ExitCode.credentials,
    },
  ];
}

function failed(name: string, error: unknown): Check {
  const { message, hint = "run `esim login`" } = error as Error & { hint?: string };
  return { name, ok: false, found: message, fix: hint, exitCode: ExitCode.credentials };
}

const THERE: Check = { name: "server", ok: true, found: "it answers" };
const MEND_ADDRESS = "mend --base-url, ESIM_BASE_URL, or what `esim login` stored";

/** One read-only call tells whether the server is there and whether the keys work. */
async function server(
  { userId, apiKey, baseUrl }: Connection,
  { timeout = 10_000 }: GlobalOptions,
): Promise<Check[]> {
  try {
    const configuration = new Configuration({
      // Without keys the server can still be reached; it will say what it thinks of these.
      apiKey: apiKey.value ?? "missing",
      userId: userId.value ?? "missing",
      basePath: baseUrl.value,
      baseOptions: { timeout, maxRetries: 0 },
    });
    const { data } = await new PackagesApi(configuration).getPackages(1);
    if (!Array.isArray(data?.packages)) {
      const found = "what answers is not the Packages API";
      return [{ name: "server", ok: false, found, fix: MEND_ADDRESS, exitCode: ExitCode.unexpected }];
    }
    if (userId.value && apiKey.value)
      return [THERE, { name: "keys", ok: true, found: "the server accepts them" }];
    const fix = "run `esim login`";
    return [
      THERE,
      { name: "keys", ok: false, found: "there are none to try", fix, exitCode: ExitCode.credentials },
    ];
  } catch (error) {
    const down = { name: "server", ok: false, found: (error as Error).message };
    if (error instanceof EsimUsageError) {
      return [{ ...down, fix: "mend the setting that it names", exitCode: ExitCode.usage }];
    }
    if (!(error instanceof EsimApiError)) {
      const fix =
        "check the address, the network and any proxy; without an account, start one here: npx @betatelltd/esim-mock";
      return [{ ...down, fix, exitCode: ExitCode.unavailable }];
    }
    if (error.status === 401 || error.status === 403) {
      const fix = "compare them with those that you were given, and run `esim login`";
      return [THERE, { ...down, name: "keys", fix, exitCode: ExitCode.credentials }];
    }
    if (error.status === 429 || error.status >= 500) {
      return [{ ...down, fix: "wait, and try again; then ask support", exitCode: ExitCode.unavailable }];
    }
    // Something answers, but not as the API would: a login page, a redirect, no such route.
    return [{ ...down, fix: MEND_ADDRESS, exitCode: ExitCode.unexpected }];
  }
}
