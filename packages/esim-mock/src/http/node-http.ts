import { createRequire } from "node:module";

/** `node:http`. Importing it by name makes Node load its `fetch` too, which takes longer than everything else a mock loads. */
export const nodeHttp = createRequire(import.meta.url)("node:http") as typeof import("node:http");
