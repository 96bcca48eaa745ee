import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findChromium } from "@betatelltd/esim-testing/find-chromium";
import { NO_CHROMIUM, runInChromium } from "../browser.ts";
import { type Check, check } from "../check.ts";
import type { Context } from "../context.ts";
import { versionOf } from "../install.ts";
import { judge } from "../judge.ts";
import { bundle, importing, ranOn, settingsFor, transportCheck, writePromises } from "../program.ts";
import { run } from "../run.ts";

const builders = resolve(import.meta.dirname, "../../projects/bundles");

/** The bundlers, and the files that their builds write. */
const BUNDLERS = {
  esbuild: "esbuild.js",
  rolldown: "rolldown.js",
  vite: "vite/vite.js",
  webpack: "webpack.js",
};

/** Enough cases to see that a bundle works, even with minified names; network failures are tested elsewhere. */
const ONLY = [
  "list",
  "create",
  "activate",
  "create-once",
  "busy-write",
  "stalled-write",
  "aborted-write",
  "redirected-read",
];

/** The client in bundles, for browsers and for Node. */
export async function bundles(context: Context): Promise<Check[]> {
  return [...(await forBrowsers(context)), ...(await forNode(context))];
}

async function forBrowsers({ toolchain, packed, servers }: Context): Promise<Check[]> {
  const checks: Check[] = [];
  const built: { title: string; id: string; script: string }[] = [];
  for (const [name, file] of Object.entries(BUNDLERS)) {
    const title = `${name} ${versionOf(toolchain, name)}`;
    const id = `bundle-${name}`;
    const project = packed.project(id, toolchain);
    await writePromises(toolchain, project);
    const settings = settingsFor(servers, id, { only: ONLY, atOnce: 1 });
    writeFileSync(join(project, "entry.mjs"), `${importing(settings)}globalThis.done = true;\n`);
    cpSync(join(builders, `${name}.mjs`), join(project, `build-${name}.mjs`));
    const { ok, output } = await run(process.execPath, [`build-${name}.mjs`], { cwd: project });
    checks.push(check(`${title}: bundles for browsers without a warning`, !ok && output));
    const script = join(project, file);
    if (!existsSync(script)) continue;
    built.push({ title, id, script });
    const [found] = readFileSync(script, "utf8").match(/.{0,60}["'`]node:\w.{0,60}/) ?? [];
    checks.push(check(`${title}: the bundle names no module of Node`, found));
  }

  const executable = findChromium();
  if (!executable) return process.env.CI ? [...checks, check("bundles: run", NO_CHROMIUM)] : checks;
  const scripts = built.map(({ script }) => script);
  const ran = await runInChromium(toolchain, executable, scripts);
  for (const [index, { title, id }] of built.entries()) {
    const played = ranOn(servers, id, `${title}, in Chromium`, ran[index] ?? { ok: false, output: "" });
    checks.push(...judge({ ...played, isBrowser: true }));
  }
  return checks;
}

async function forNode({ toolchain, packed, servers }: Context): Promise<Check[]> {
  const project = packed.project("bundle-node");
  await writePromises(toolchain, project);
  const checks: Check[] = [];
  for (const [format, extension] of [
    ["esm", "mjs"],
    ["cjs", "cjs"],
  ]) {
    const id = `bundle-node-${format}`;
    const entry = join(project, `${format}.mjs`);
    const out = join(project, `${format}.bundle.${extension}`);
    // CommonJS has no top-level await.
    writeFileSync(
      entry,
      importing(settingsFor(servers, id, { only: ONLY })).replace("\nawait promises", "\npromises"),
    );
    await bundle(toolchain, entry, out, ["--platform=node", `--format=${format}`]);
    const title = `esbuild ${versionOf(toolchain, "esbuild")} for Node, ${format}`;
    const played = ranOn(servers, id, title, await run(process.execPath, [out], { cwd: project }));
    checks.push(...judge(played), ...transportCheck(played, "default"));
  }
  return checks;
}
