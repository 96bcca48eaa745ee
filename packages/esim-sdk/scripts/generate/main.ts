/** Writes everything in src/generated from the OpenAPI document. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { apis, barrel } from "./apis.ts";
import { document } from "./document.ts";
import { enums } from "./enums.ts";
import { OPERATION_TYPE, operationTable } from "./operations.ts";
import { types } from "./types.ts";

const HEADER = "// Generated from @betatelltd/esim-openapi by scripts/generate. Do not edit.\n\n";
const FOLDER = new URL("../../src/generated/", import.meta.url);

const files: Record<string, string> = {
  "openapi.ts": await types(),
  "enums.ts": HEADER + enums(),
  "server.ts": `${HEADER}/** The production server. */\nexport const PRODUCTION_URL = ${JSON.stringify(document.servers[0].url)};\n`,
  "operation.ts": HEADER + OPERATION_TYPE,
  "operations.ts": HEADER + operationTable(),
  "index.ts": HEADER + barrel(),
  ...Object.fromEntries(Object.entries(apis()).map(([name, text]) => [`apis/${name}`, HEADER + text])),
};

// Start empty, so that the class of a removed tag is removed too.
await rm(new URL("apis/", FOLDER), { recursive: true, force: true });
await mkdir(new URL("apis/", FOLDER), { recursive: true });
for (const [name, text] of Object.entries(files)) await writeFile(new URL(name, FOLDER), text);
