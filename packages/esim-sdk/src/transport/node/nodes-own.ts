/**
 * Whether `fetch` and undici's global dispatcher are Node's own. If they were replaced, the replacement watches, mocks or routes requests.
 */
export function isFetchNodesOwn(): boolean {
  return isNodesFetch(globalThis.fetch) && isNodesDispatcher();
}

/**
 * Node's own fetch loads undici when it is first called, which its source text shows. Next's patched fetch counts as Node's: it exists to
 * cache, and this client's responses must never be cached, whatever a page configures.
 */
function isNodesFetch(fetch: unknown): boolean {
  if (fetch !== lastFetch.fetch)
    lastFetch = {
      fetch,
      isNodes:
        typeof fetch === "function" &&
        ("__nextPatched" in fetch || `${fetch}`.includes("internal/deps/undici/undici")),
    };
  return lastFetch.isNodes;
}
let lastFetch: { fetch: unknown; isNodes: boolean } = { fetch: undefined, isNodes: false };

/**
 * Whether undici's dispatcher is the one Node creates: not there yet, or a plain Agent. An Agent with custom settings or interceptors, a
 * ProxyAgent or a MockAgent was installed on purpose.
 */
function isNodesDispatcher(): boolean {
  const dispatcher =
    (globalThis as Record<symbol, object | undefined>)[DISPATCHER_2] ??
    (globalThis as Record<symbol, object | undefined>)[DISPATCHER_1];
  if (dispatcher === undefined || dispatcher === knownDispatcher) return true;
  const isPlain = isPlainAgent(dispatcher);
  if (isPlain) knownDispatcher = dispatcher;
  return isPlain;
}
let knownDispatcher: object | undefined;
const DISPATCHER_1 = Symbol.for("undici.globalDispatcher.1");
const DISPATCHER_2 = Symbol.for("undici.globalDispatcher.2");

function isPlainAgent(dispatcher: object): boolean {
  const prototype = Object.getPrototypeOf(dispatcher);
  const own = Object.getOwnPropertySymbols(dispatcher).find((symbol) => symbol.description === "options");
  const options: unknown = own && (dispatcher as Record<symbol, unknown>)[own];
  return (
    prototype?.constructor.name === "Agent" &&
    (dispatcher as { dispatch?: unknown }).dispatch === prototype.dispatch &&
    typeof options === "object" &&
    options !== null &&
    Object.entries(options).every(
      ([name, value]) => value === undefined || (name === "maxOrigins" && value === Infinity),
    )
  );
}
