/** Runs knip, as `knip.jsonc` at the root says, on all of the workspace. Fails where something is unused. */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { installToolchain } from "@betatelltd/esim-toolchain";

const root = resolve(import.meta.dirname, "../../..");
const source = resolve(import.meta.dirname, "../toolchain");
const toolchain = installToolchain({ name: "unused", source, size: "27 MB" });
const knip = join(toolchain, "node_modules/knip/bin/knip.js");
const flags = ["--no-progress", "--treat-config-hints-as-errors"];
const { status } = spawnSync(process.execPath, [knip, ...flags, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
if (status === 0) console.log("Nothing is unused.");
process.exitCode = status ?? 1;
