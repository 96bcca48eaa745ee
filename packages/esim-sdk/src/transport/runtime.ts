/** What Node, Deno and Bun have of their own. The build for everything else takes no-runtime.ts instead. */
export { explain } from "./node/explain.ts";
export { nodeHttp } from "./node/node-http.ts";
export { initFor } from "./node/quirks.ts";
export { isUnsentError, watchConnections } from "./node/unsent.ts";
