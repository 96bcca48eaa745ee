import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";
import type { Connection } from "../../credentials.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { GlobalOptions } from "../../global-options.ts";
import type { Check } from "./check.ts";

type EsimMock = typeof import("@betatelltd/esim-mock");

const name = "contract";

/** One read-only call through the mock's checking proxy. */
export async function contract(
  { userId, apiKey, baseUrl }: Connection,
  { timeout = 10_000 }: GlobalOptions,
): Promise<Check> {
  const esimMock = await load();
  if ("found" in esimMock) return esimMock;
  const proxy = await esimMock
    .startMock({ port: 0, upstream: baseUrl.value, control: false })
    .catch((error: Error) => notChecked(error.message, "mend the address"));
  if ("found" in proxy) return proxy;
  try {
    const configuration = new Configuration({
      apiKey: apiKey.value ?? "missing",
      userId: userId.value ?? "missing",
      basePath: proxy.url,
      baseOptions: { timeout, maxRetries: 0 },
    });
    const failure = await new PackagesApi(configuration).getPackages(20).then(
      () => undefined,
      (error: Error) => error,
    );
    const { drift } = await proxy.drift();
    if (drift.length > 0) {
      const fix = "tell those who run the server, and let your code expect it";
      const found = drift.map(({ direction, field, kind }) => `${direction} ${field}: ${kind}`).join("; ");
      return { name, ok: false, found, fix, drift, exitCode: ExitCode.unexpected };
    }
    if (failure) return notChecked(failure.message, "mend what is said of the server first");
    return { name, ok: true, found: "a list of packages is as documented", drift };
  } finally {
    await proxy.close();
  }
}

/** Not a dependency: it is ten times this program's size, and wants a newer Node than the rest of it. */
async function load(): Promise<EsimMock | Check> {
  try {
    return await import("@betatelltd/esim-mock");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ERR_MODULE_NOT_FOUND"
      ? notChecked(
          "not looked at: esim-mock, which looks, is not installed",
          "npm install --global @betatelltd/esim-mock",
        )
      : notChecked(
          `not looked at: esim-mock does not run on Node.js ${process.version}`,
          "use Node.js 24.18 or later for this check",
        );
  }
}

function notChecked(found: string, fix: string): Check {
  return { name, ok: false, found, fix, exitCode: ExitCode.unexpected };
}
