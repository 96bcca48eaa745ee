import { Configuration } from "@betatelltd/esim-sdk";
import { ExitCode } from "../../exit-codes.ts";
import type { Connection } from "../../settings/connection.ts";
import { type Check, notChecked } from "./check.ts";
import { type Reads, readEverything } from "./reads.ts";

type EsimMock = typeof import("@betatelltd/esim-mock");

const name = "contract";

/** Every operation that reads, through the mock's checking proxy. */
export async function contractCheck(
  { userId, apiKey, baseUrl, isInsecureAllowed }: Connection,
  { timeout = 10_000 }: { readonly timeout?: number | undefined },
): Promise<Check> {
  const esimMock = await load();
  if ("found" in esimMock) return esimMock;
  const proxy = await esimMock
    .startMock({
      port: 0,
      upstream: baseUrl.value,
      allowInsecureUpstream: isInsecureAllowed,
      control: false,
    })
    .catch(notStarted);
  if ("found" in proxy) return proxy;
  try {
    const configuration = new Configuration({
      apiKey: apiKey.value ?? "missing",
      userId: userId.value ?? "missing",
      basePath: proxy.url,
      baseOptions: { timeout, maxRetries: 0 },
    });
    const reads = await readEverything(configuration);
    const { drift: all } = await proxy.drift();
    const drift = all.filter((each) => !isOlder(each, reads));
    if (drift.length > 0) {
      const fix = "report it to those who run the server, and let your code expect it";
      const found = drift
        .map(({ operation, direction, field, kind }) => `${operation} ${direction} ${field}: ${kind}`)
        .join("; ");
      return { name, ok: false, found, fix, drift, exitCode: ExitCode.unexpected };
    }
    if (reads.failure) return notChecked(name, reads.failure.message, "fix the server check first");
    return { name, ok: true, found: asDocumented(reads), drift };
  } finally {
    await proxy.close();
  }
}

/** Whether it is no more than that a service does not have an operation, or not for these keys. */
function isOlder({ operation, kind }: { operation: string; kind: string }, { unseen }: Reads): boolean {
  const why = (unseen as ReadonlyMap<string, string>).get(operation) ?? "";
  return kind === "undocumented status" && /^(403|404|405|501)$/.test(why) && operation !== "getPackages";
}

function asDocumented({ seen, unseen }: Reads): string {
  const others = [...unseen].map(([operation, why]) => `${operation} (${why})`);
  return `${seen.length === 1 ? "1 read is" : `${seen.length} reads are`} as documented${others.length > 0 ? `; not seen: ${others.join(", ")}` : ""}`;
}

const NEWER_NODE = "use Node.js 24.18 or later for this check";

/** Not a dependency: it is ten times this program's size, and wants a newer Node than the rest of it. */
async function load(): Promise<EsimMock | Check> {
  try {
    return await import("@betatelltd/esim-mock");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ERR_MODULE_NOT_FOUND"
      ? notChecked(
          name,
          "not checked: esim-mock, which does it, is not installed",
          "npm install --global @betatelltd/esim-mock",
        )
      : notChecked(name, `not checked: esim-mock does not run on Node.js ${process.version}`, NEWER_NODE);
  }
}

/** Why the proxy did not start; the mock says which of its conditions is not met. */
function notStarted(error: Error & { readonly code?: string }): Check {
  const isNodeTooOld = error.code === "NODE";
  return notChecked(
    name,
    `not checked: ${error.message}`,
    isNodeTooOld ? NEWER_NODE : "check the address, and fix the server check first",
  );
}
