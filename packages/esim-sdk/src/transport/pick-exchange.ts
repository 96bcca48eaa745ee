import { EsimUsageError } from "../errors.ts";
import type { ConnectionOptions } from "../options.ts";
import type { Exchange } from "./exchange.ts";
import { overFetch } from "./fetch.ts";
import { nodeHttp } from "./runtime.ts";

const overGlobalFetch = /* @__PURE__ */ overFetch(undefined);

/**
 * Picks how to send: over a custom `fetch` if given; else on Node over `node:http`, which has half the overhead; else over the global `fetch`.
 * @throws EsimUsageError for an agent on a platform without `node:http`
 */
export function pickExchange(fetch: ConnectionOptions["fetch"], agent: object | undefined): Exchange {
  if (fetch) return overFetch(fetch);
  const native = nodeHttp(agent);
  if (native) return native;
  if (agent) throw new EsimUsageError("agent needs Node 20.16 or later; pass a custom fetch instead");
  return overGlobalFetch;
}
