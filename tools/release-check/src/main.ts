/**
 * Does on this machine what a release and its users do: packs every package, inspects the tarballs, installs them
 * outside the workspace, uses them on every available Node, and publishes to a registry on loopback.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkInstalled } from "./installed.ts";
import { checkLanguages } from "./languages.ts";
import { packAll } from "./packages.ts";
import { checkPublishing } from "./publishing.ts";
import { problems } from "./report.ts";
import { checkTarball } from "./tarball.ts";
import { checkImportTime, checkWeight } from "./weight.ts";

const folder = mkdtempSync(join(tmpdir(), "release-check-"));
try {
  const packed = packAll(folder);
  for (const each of packed) await checkTarball(each);
  await checkWeight();
  const project = await checkInstalled(packed, folder);
  checkImportTime(project);
  await checkPublishing(packed, folder);
  await checkLanguages(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (problems.length > 0) {
  console.error(`\n${problems.length} problems:\n${problems.map((problem) => `✗ ${problem}`).join("\n")}`);
  process.exit(1);
}
console.log("\nReady to release.");
