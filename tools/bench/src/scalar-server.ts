/** @scalar/mock-server as its documentation has it run, on the same document. */
import { readFileSync } from "node:fs";
import { load } from "./toolchain.ts";

/** What is used of the two packages. */
interface Scalar {
  createMockServer(options: { document: string }): Promise<{ fetch: unknown }>;
}
interface Hono {
  serve(options: object, listening: (address: { port: number }) => void): void;
}

const document = readFileSync(new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.json")), "utf8");
const { createMockServer } = await load<Scalar>("@scalar/mock-server");
const { serve } = await load<Hono>("@hono/node-server");
const { fetch } = await createMockServer({ document });
serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
  console.log(`listening on http://127.0.0.1:${port}`),
);
