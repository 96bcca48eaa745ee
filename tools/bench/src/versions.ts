import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const peers = [
  "openapi-fetch",
  "ky",
  "@hey-api/openapi-ts",
  "@stoplight/prism-cli",
  "@scalar/mock-server",
  "typescript",
];

/** Of what is measured; axios as the client for it has it. */
export const versions: Readonly<Record<string, string>> = {
  Node: process.versions.node,
  ...Object.fromEntries(peers.map((name) => [name, versionOf(join(here, "../node_modules", name))])),
  axios: versionOf(join(here, "../node_modules/@betatelltd/esim-sdk-axios/node_modules/axios")),
};

function versionOf(folder: string): string {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
}
