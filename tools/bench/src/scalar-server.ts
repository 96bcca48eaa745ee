/** @scalar/mock-server as its documentation has it run, on the same document. */
import { readFileSync } from "node:fs";
import { serve } from "@hono/node-server";
import { createMockServer } from "@scalar/mock-server";

const document = readFileSync(new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.json")), "utf8");
const { fetch } = await createMockServer({ document });
serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
  console.log(`listening on http://127.0.0.1:${port}`),
);
