import { EsimUsageError } from "../errors.ts";
import type { ConnectionOptions } from "../options.ts";
import type { Exchange } from "./exchange.ts";
import { overFetch } from "./fetch.ts";
import { nodeHttp } from "./runtime.ts";

const overGlobalFetch = /* @__PURE__ */ overFetch(undefined);

/**
 * How to send: over a `fetch` that was given; else on Node over `node:http`, which costs half as much; else over the global `fetch`.
 * @throws EsimUsageError for an agent where there is no `node:http`
 */
export function pickExchange(fetch: ConnectionOptions["fetch"], agent: object | undefined): Exchange {
  if (fetch) return overFetch(fetch);
  const native = nodeHttp(agent);
  if (native) return native;
  if (agent)
    throw new EsimUsageError("agent is for Node alone, 20.16 or later: pass a fetch of your own instead");
  return overGlobalFetch;
}
