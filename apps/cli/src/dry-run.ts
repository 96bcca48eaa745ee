import { shown } from "./address.ts";
import { mask, resolveConnection } from "./credentials.ts";
import type { GlobalOptions } from "./global-options.ts";
import { json, print } from "./output.ts";

/** Prints the request that would be sent, with the keys masked, and sends nothing. It needs no keys. */
export async function dryRun(path: string, body: object | undefined, options: GlobalOptions): Promise<void> {
  const { baseUrl, userId, apiKey } = resolveConnection(options.baseUrl);
  const headers: Record<string, string> = {
    "x-user-id": userId.value ? mask(userId.value) : "<missing>",
    "x-api-key": apiKey.value ? mask(apiKey.value) : "<missing>",
    ...(body && { "content-type": "application/json" }),
  };
  const url = `${shown(baseUrl.value).replace(/\/+$/, "")}${path}`;
  if (options.json) {
    await print(json({ method: "POST", url, headers, ...(body && { body }) }));
    return;
  }
  const lines = [`POST ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  await print([...lines, ...(body ? ["", json(body)] : [])].join("\n"));
}
