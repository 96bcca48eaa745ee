import { styleText } from "node:util";
import {
  type Connection,
  credentialsFile,
  isExposed,
  mask,
  readCredentials,
  resolveConnection,
} from "../credentials.ts";
import { ExitCode } from "../exit-codes.ts";
import { coloured, type GlobalOptions, json, print } from "../output.ts";

/** What was looked at, what was found, and how to mend it. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly fix?: string;
  /** What to end with when it failed. */
  readonly exitCode?: number;
}

/** `esim doctor`: looks at everything that a call needs, and goes on after a failure. */
export async function doctor(options: GlobalOptions): Promise<void> {
  const checks = [...settings(options), ...(await server(options))];
  if (options.json) {
    const ok = checks.every((check) => check.ok);
    await print(json({ ok, checks: checks.map(({ exitCode: _, ...check }) => check) }));
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
  process.exitCode = checks.find((check) => !check.ok)?.exitCode ?? ExitCode.done;
}

function settings(options: GlobalOptions): Check[] {
  const failed = { ok: false, exitCode: ExitCode.credentials } as const;
  const node = { name: "Node.js", ok: true, found: process.version };
  let connection: Connection;
  try {
    connection = resolveConnection(options.baseUrl);
  } catch (error) {
    const { message, hint } = error as { message: string; hint?: string };
    return [node, { ...failed, name: "settings", found: message, fix: hint ?? "run `esim login`" }];
  }
  const keys = { "user ID": connection.userId, "API key": connection.apiKey };
  const variables: Record<string, string> = { "user ID": "ESIM_USER_ID", "API key": "ESIM_API_KEY" };
  const checks: Check[] = Object.entries(keys).map(([name, { value, source }]) =>
    value
      ? { name, ok: true, found: `${mask(value)} from ${source}` }
      : { ...failed, name, found: "missing", fix: `run \`esim login\`, or set ${variables[name]}` },
  );
  if (readCredentials()) {
    const file = credentialsFile();
    const exposed = isExposed();
    const fix = `chmod 600 ${file}`;
    checks.push({
      name: "stored keys",
      ok: !exposed,
      found: exposed ? `others can read ${file}` : `only you can read ${file}`,
      fix,
      exitCode: ExitCode.credentials,
    });
  }
  return [
    node,
    { name: "address", ok: true, found: `${connection.baseUrl.value} from ${connection.baseUrl.source}` },
    ...checks,
  ];
}

/** One read-only call tells whether the server is there and whether the keys work. */
async function server(options: GlobalOptions): Promise<Check[]> {
  const { Configuration, EsimApiError, EsimUsageError, PackagesApi } = await import("@betatelltd/esim-sdk");
  try {
    const { userId, apiKey, baseUrl } = resolveConnection(options.baseUrl);
    const configuration = new Configuration({
      // Without keys the server can still be reached; it will say what it thinks of these.
      apiKey: apiKey.value ?? "missing",
      userId: userId.value ?? "missing",
      basePath: baseUrl.value,
      baseOptions: { timeout: options.timeout ?? 10_000, maxRetries: 0 },
    });
    await new PackagesApi(configuration).getPackages(1);
    const known = Boolean(userId.value && apiKey.value);
    const keys = known
      ? { name: "keys", ok: true, found: "the server accepts them" }
      : {
          name: "keys",
          ok: false,
          found: "there are none to try",
          fix: "run `esim login`",
          exitCode: ExitCode.credentials,
        };
    return [{ name: "server", ok: true, found: "it answers" }, keys];
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof EsimApiError && error.status > 0) {
      const there = {
        name: "server",
        ok: error.status < 500,
        found: message,
        fix: "wait, and try again; then ask support",
        exitCode: ExitCode.unavailable,
      };
      if (error.status !== 401 && error.status !== 403) return [there];
      const fix = "compare them with those that you were given, and run `esim login`";
      return [
        { name: "server", ok: true, found: "it answers" },
        { name: "keys", ok: false, found: message, fix, exitCode: ExitCode.credentials },
      ];
    }
    if (error instanceof EsimUsageError) {
      return [
        {
          name: "server",
          ok: false,
          found: message,
          fix: "mend --base-url or ESIM_BASE_URL",
          exitCode: ExitCode.usage,
        },
      ];
    }
    const fix =
      "check the address, the network and any proxy; without an account, start one here: npx @betatelltd/esim-mock";
    return [{ name: "server", ok: false, found: message, fix, exitCode: ExitCode.unavailable }];
  }
}
