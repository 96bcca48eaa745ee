// The last step of the build: writes Prism's view of the default document next to the built code.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { built } from "../src/built.ts";
import { PREPARED_FILE, prepare } from "../src/contract/prepared.ts";

const document = fileURLToPath(import.meta.resolve("@betatelltd/esim-openapi/openapi.yaml"));
await writeFile(built(PREPARED_FILE), JSON.stringify(await prepare(document)));
