/** Packs what a release consists of into a folder: every tarball, what each of them brings along as CycloneDX, and the checksums of both. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { packAll, root } from "./packages.ts";
import { bill } from "./sbom.ts";

const folder = resolve(root, process.argv[2] ?? "release");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const packed = packAll(folder);
for (const each of packed) {
  const file = join(folder, `${basename(each.tarball, ".tgz")}.cdx.json`);
  writeFileSync(file, `${JSON.stringify(bill(each, packed), null, 2)}\n`);
}
const sums = readdirSync(folder)
  .sort()
  .map(
    (file) =>
      `${createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest("hex")}  ${file}\n`,
  );
writeFileSync(join(folder, "SHA256SUMS"), sums.join(""));
console.log(`${packed.length} packages are in ${folder}, with their bills of materials and checksums.`);
