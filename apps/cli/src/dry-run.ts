import { shownAddress } from "./address.ts";
import type { GlobalOptions } from "./global-options.ts";
import { json, print } from "./output.ts";
import { mask, resolveConnection } from "./settings/connection.ts";

/** A request that is printed instead of being sent. */
export interface PlannedRequest {
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  readonly body?: object;
}

/** Prints a request with its keys masked, and does not send it. Works without keys. */
export async function printDryRun(
  { method, path, body }: PlannedRequest,
  options: GlobalOptions,
): Promise<void> {
  const { baseUrl, userId, apiKey, isInsecureAllowed } = resolveConnection(options);
  const headers: Record<string, string> = {
    "x-user-id": userId.value ? mask(userId.value) : "<missing>",
    "x-api-key": apiKey.value ? mask(apiKey.value) : "<missing>",
    ...(body && { "content-type": "application/json" }),
  };
  const url = `${shownAddress(baseUrl.value, isInsecureAllowed).replace(/\/+$/, "")}${path}`;
  if (options.json) {
    await print(json({ method, url, headers, ...(body && { body }) }));
    return;
  }
  const lines = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  await print([...lines, ...(body ? ["", json(body)] : [])].join("\n"));
}
