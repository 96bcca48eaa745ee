/**
 * Whether `fetch` and undici's global dispatcher are those that Node brings. Where they were replaced, somebody watches, mocks or routes
 * requests there.
 */
export function isFetchNodesOwn(): boolean {
  return isNodesFetch(globalThis.fetch) && isNodesDispatcher();
}

/**
 * Node's own, which loads undici when it is first called, and says so in its text. Next's counts as Node's: it is there to cache, and
 * what this client asks for must never be, whatever a page says.
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
 * Whether undici's dispatcher is as Node makes it: not there yet, or a plain Agent. One with settings of its own, a ProxyAgent, a
 * MockAgent, or one that was composed with interceptors is somebody's will.
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
