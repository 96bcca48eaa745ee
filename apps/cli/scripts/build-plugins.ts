import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { UserConfig } from "tsdown";

type Plugin = Extract<UserConfig["plugins"], { name: string }>;

/** commander loads it for programs that are made of several files, which this one is not; it takes as long as to parse a command line. */
export const withoutChildProcess: Plugin = {
  name: "without-child-process",
  resolveId: (id) => (id === "node:child_process" ? "\0no-child-process" : undefined),
  load: (id) => (id === "\0no-child-process" ? "module.exports = {};" : undefined),
};

/** Makes the folder of the build one of CommonJS, in a package of ES modules. */
export const commonJsFolder: Plugin = {
  name: "commonjs-folder",
  generateBundle() {
    const manifest = { type: "commonjs" };
    this.emitFile({
      type: "asset",
      fileName: "package.json",
      source: `${JSON.stringify(manifest, null, 2)}\n`,
    });
  },
};

/** Collects the licences of what is bundled, which ask to be passed on with it. */
export function thirdPartyLicenses(fileName: string): Plugin {
  return {
    name: "third-party-licenses",
    generateBundle() {
      const folders = new Set([...this.getModuleIds()].flatMap((id) => packageFolder(id) ?? []));
      const texts = [...folders].sort().map((folder) => `${nameOf(folder)}\n\n${licenseIn(folder)}`);
      this.emitFile({ type: "asset", fileName, source: texts.join("\n\n---\n\n") });
    },
  };
}

function packageFolder(id: string): string | undefined {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
}

function nameOf(folder: string): string {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name;
}

/** @throws where a package has none: it must not be bundled then */
function licenseIn(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.|$)/i.test(name));
  if (!file) throw new Error(`${basename(folder)} has no licence that could be passed on`);
  return readFileSync(join(folder, file), "utf8").trim();
}
