import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findChromium } from "@betatelltd/esim-testing/find-chromium";
import { NO_CHROMIUM, runInChromium } from "../browser.ts";
import { type Check, check } from "../check.ts";
import type { Context } from "../context.ts";
import { judge } from "../judge.ts";
import { bundle, importing, ranOn, settingsFor, writePromises } from "../program.ts";
import { addTo } from "../table.ts";

/** A page from another origin than the server's. */
export async function chromium({ toolchain, packed, servers, columns }: Context): Promise<Check[]> {
  const executable = findChromium();
  if (!executable) return process.env.CI ? [check("Chromium: runs", NO_CHROMIUM)] : skip();

  const project = packed.project("chromium");
  await writePromises(toolchain, project);
  const entry = join(project, "entry.mjs");
  const script = join(project, "bundle.js");
  // Fewer than the six connections that a browser opens to one server, so that no call waits for another.
  const settings = settingsFor(servers, "chromium", { atOnce: 4 });
  writeFileSync(entry, `${importing(settings)}globalThis.done = true;\n`);
  await bundle(toolchain, entry, script, ["--platform=browser"]);
  const [ran = { ok: false, output: "" }] = await runInChromium(toolchain, executable, [script]);
  const played = { ...ranOn(servers, "chromium", "Chromium", ran), isBrowser: true };
  addTo(columns, "Chromium", played);
  return judge(played);
}

function skip(): Check[] {
  console.log(`\nchromium is skipped. ${NO_CHROMIUM}`);
  return [];
}
