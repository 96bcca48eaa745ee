import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { UserConfig } from "tsdown";

type Plugin = Extract<UserConfig["plugins"], { name: string }>;

/** Leaves out child_process, which commander loads only for subcommands in separate files. Loading it takes as long as parsing a command line. */
export const withoutChildProcess: Plugin = {
  name: "without-child-process",
  resolveId: (id) => (id === "node:child_process" ? "\0no-child-process" : undefined),
  load: (id) => (id === "\0no-child-process" ? "module.exports = {};" : undefined),
};

/** Marks the build folder as CommonJS within a package of ES modules. */
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

/** Collects the licences of bundled packages, which must be distributed with them. */
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

/** @throws if a package has no licence file: then it must not be bundled */
function licenseIn(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.|$)/i.test(name));
  if (!file) throw new Error(`cannot bundle ${basename(folder)}: it has no licence file`);
  return readFileSync(join(folder, file), "utf8").trim();
}
