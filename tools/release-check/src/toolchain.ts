import { join, resolve } from "node:path";
import { installToolchain } from "@betatelltd/esim-toolchain";

const toolchain = installToolchain({
  name: "release-check",
  source: resolve(import.meta.dirname, "../toolchain"),
  size: "104 MB",
});

/** A file of a package that only this check needs. */
export function toolPath(file: string): string {
  return join(toolchain, "node_modules", file);
}
