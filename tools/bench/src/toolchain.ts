import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { installToolchain } from "@betatelltd/esim-toolchain";

let installed: string | undefined;

/** The folder of what only the bench needs. It is installed when it is first asked for. */
export function toolchain(): string {
  installed ??= installToolchain({
    name: "bench",
    source: resolve(import.meta.dirname, "../toolchain"),
    files: ["load.mjs"],
    size: "150 MB",
  });
  return installed;
}

/** Imports a package of the toolchain. It brings no types: the caller says what it uses of it. */
export async function load<Module>(name: string): Promise<Module> {
  const loader = await import(pathToFileURL(join(toolchain(), "load.mjs")).href);
  return loader.load(name);
}

/** The version of a package that is installed in a folder. */
export function versionIn(folder: string, name: string): string {
  return JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version;
}
