import { createRequire } from "node:module";

/** `node:http`. To import it by name makes Node load its `fetch` too, which takes longer than all else that a mock needs. */
export const nodeHttp = createRequire(import.meta.url)("node:http") as typeof import("node:http");
