import { resolve } from "node:path";
import { toolchain, versionIn } from "./toolchain.ts";

const bench = resolve(import.meta.dirname, "..");
const axios = resolve(bench, "node_modules/@betatelltd/esim-sdk-axios");
const OURS = ["openapi-fetch", "ky", "undici", "@stoplight/prism-cli", "typescript"];
const TOOLCHAIN = ["@hey-api/openapi-ts", "@scalar/mock-server"];

/** Of all that is measured; axios as the client for it has it. */
export async function versions(): Promise<Readonly<Record<string, string>>> {
  const folder = toolchain();
  return {
    Node: process.versions.node,
    ...Object.fromEntries(OURS.map((name) => [name, versionIn(bench, name)])),
    ...Object.fromEntries(TOOLCHAIN.map((name) => [name, versionIn(folder, name)])),
    axios: versionIn(axios, "axios"),
  };
}
