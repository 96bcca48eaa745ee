import { type CallOptions, Configuration, PackagesApi } from "@betatelltd/esim-sdk";
import { CliError } from "./cli-error.ts";
import { isExposed, resolveConnection } from "./credentials.ts";
import { ExitCode } from "./exit-codes.ts";
import type { GlobalOptions } from "./global-options.ts";
import { tell } from "./output.ts";

/** The API, and the options for its calls: the signal that Ctrl-C aborts. */
export interface Connected {
  readonly api: PackagesApi;
  readonly call: CallOptions;
}

/** Makes the API from flags, environment and file. @throws CliError when a key is missing */
export async function connect(options: GlobalOptions): Promise<Connected> {
  const { userId, apiKey, baseUrl } = resolveConnection(options.baseUrl);
  const missing = [!userId.value && "user ID", !apiKey.value && "API key"].filter(Boolean).join(" and the ");
  if (missing) {
    throw new CliError(
      `the ${missing} ${missing.includes("and") ? "are" : "is"} missing`,
      "run `esim login`, or set ESIM_USER_ID and ESIM_API_KEY",
      ExitCode.credentials,
    );
  }
  if (apiKey.source.endsWith(".json") && isExposed())
    tell(options, `warning: others can read ${apiKey.source}; run: chmod 600 ${apiKey.source}`);
  const configuration = new Configuration({
    apiKey: apiKey.value,
    userId: userId.value,
    basePath: baseUrl.value,
    baseOptions: { timeout: options.timeout },
  });
  return { api: new PackagesApi(configuration), call: { signal: interruption() } };
}

/** Aborts at Ctrl-C. A second one ends the program at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  return controller.signal;
}
