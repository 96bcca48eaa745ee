/** Specific to Node, Deno and Bun. The build for all other platforms uses no-runtime.ts instead. */
export { explain } from "./node/explain.ts";
export { nodeHttp } from "./node/node-http.ts";
export { initFor } from "./node/quirks.ts";
export { isUnsentError, watchConnections } from "./node/unsent.ts";
