/**
 * Runs a worker once in workerd. A program of its own, so that what the worker prints is kept apart from what the harness prints.
 *
 *     node workerd-host.ts <folder of the toolchain> <bundled worker, in the working directory> [compatibility flag …]
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [toolchain = "", scriptPath = "", ...compatibilityFlags] = process.argv.slice(2);
const miniflare = createRequire(join(toolchain, "package.json")).resolve("miniflare");
const { Miniflare } = await import(pathToFileURL(miniflare).href);
const worker = new Miniflare({
  modules: true,
  scriptPath,
  // Not later than the toolchain's workerd.
  compatibilityDate: "2026-07-01",
  compatibilityFlags,
  // Otherwise Miniflare looks up its location on the internet.
  cf: false,
});
try {
  const response = await worker.dispatchFetch("http://worker.invalid/");
  const said = await response.text();
  if (!response.ok) throw new Error(said);
} finally {
  await worker.dispose();
}
