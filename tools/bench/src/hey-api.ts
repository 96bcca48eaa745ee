import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { load } from "./toolchain.ts";

/** What is used of `@hey-api/openapi-ts`. */
interface HeyApi {
  createClient(options: object): Promise<unknown>;
}

const folder = fileURLToPath(new URL("../dist/hey-api", import.meta.url));

/** The client that @hey-api/openapi-ts makes of the same document, as source and as one script. */
export const heyApi = { folder, entry: `${folder}/entry.ts`, script: `${folder}/bundle.js` };

/** Generates it from the document as it is now. */
export async function makeHeyApi(): Promise<void> {
  const input = fileURLToPath(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
  const { createClient } = await load<HeyApi>("@hey-api/openapi-ts");
  await createClient({
    input,
    output: folder,
    logs: { level: "silent" },
    plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
  });
  writeFileSync(
    heyApi.entry,
    'export * from "./sdk.gen";\nexport { createClient, createConfig } from "./client";\n',
  );
  const bundle = await rolldown({ input: heyApi.entry, platform: "browser" });
  await bundle.write({ file: heyApi.script });
  await bundle.close();
}
