import { Configuration } from "@betatelltd/esim-sdk";
import { ExitCode } from "../../exit-codes.ts";
import type { Connection } from "../../settings/connection.ts";
import { type Check, notChecked } from "./check.ts";
import { type Reads, readEverything } from "./reads.ts";

type EsimMock = typeof import("@betatelltd/esim-mock");

const NAME = "contract";

/** Calls every read operation through esim-mock's checking proxy, and compares the answers with the API's document. */
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
      const fix = "report this to the operator of the server, and make your code handle it";
      const found = drift
        .map(({ operation, direction, field, kind }) => `${operation} ${direction} ${field}: ${kind}`)
        .join("; ");
      return { name: NAME, ok: false, found, fix, drift, exitCode: ExitCode.unexpected };
    }
    if (reads.failure) return notChecked(NAME, reads.failure.message, "fix the server check first");
    return { name: NAME, ok: true, found: asDocumented(reads), drift };
  } finally {
    await proxy.close();
  }
}

/** Whether a difference only means that the server lacks an operation, or does not allow it for these keys. */
function isOlder({ operation, kind }: { operation: string; kind: string }, { unseen }: Reads): boolean {
  const why = (unseen as ReadonlyMap<string, string>).get(operation) ?? "";
  return kind === "undocumented status" && /^(403|404|405|501)$/.test(why) && operation !== "getPackages";
}

function asDocumented({ seen, unseen }: Reads): string {
  const others = [...unseen].map(([operation, why]) => `${operation} (${why})`);
  const matching = seen.length === 1 ? "1 read matches" : `${seen.length} reads match`;
  return `${matching} the API's document${others.length > 0 ? `; not checked: ${others.join(", ")}` : ""}`;
}

const NEWER_NODE = "use Node.js 24.18 or later for this check";

/** An optional peer dependency: it is ten times the size of this program, and needs a newer Node.js. */
async function load(): Promise<EsimMock | Check> {
  try {
    return await import("@betatelltd/esim-mock");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ERR_MODULE_NOT_FOUND"
      ? notChecked(
          NAME,
          "not checked: this check needs esim-mock, which is not installed",
          "npm install --global @betatelltd/esim-mock",
        )
      : notChecked(NAME, `not checked: esim-mock does not run on Node.js ${process.version}`, NEWER_NODE);
  }
}

/** The check for a proxy that did not start; the error of esim-mock says why. */
function notStarted(error: Error & { readonly code?: string }): Check {
  const isNodeTooOld = error.code === "NODE";
  return notChecked(
    NAME,
    `not checked: ${error.message}`,
    isNodeTooOld ? NEWER_NODE : "check the address, and fix the server check first",
  );
}
