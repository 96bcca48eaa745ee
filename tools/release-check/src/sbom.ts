import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Packed } from "./packages.ts";
import { run } from "./run.ts";

/** The part of a CycloneDX document that is used here. */
export interface Bill {
  readonly components: Component[];
  readonly [field: string]: unknown;
}

interface Component {
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

/**
 * The software bill of materials of a packed package, as CycloneDX: what npm installs with it, and what is bundled into its own scripts, which
 * npm cannot see.
 */
export function bill(subject: Packed, packed: readonly Packed[]): Bill {
  const project = mkdtempSync(join(tmpdir(), "esim-sbom-"));
  try {
    const tarballs = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
    const {
      name,
      version,
      dependencies = {},
    } = JSON.parse(run("tar", ["-xzOf", subject.tarball, "package/package.json"]));
    // The packages name each other by a version that is not out yet.
    const here = Object.entries<string>(dependencies).map(([each, range]) => [each, tarballs[each] ?? range]);
    const further = Object.entries(tarballs).filter(([each]) => !(each in dependencies));
    const manifest = {
      name,
      version,
      dependencies: Object.fromEntries(here),
      overrides: Object.fromEntries(further),
    };
    writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
    const npm = (...args: string[]) => run("npm", args, { cwd: project });
    npm("install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund");
    const installed: Bill = JSON.parse(npm("sbom", "--package-lock-only", "--sbom-format=cyclonedx"));
    // Where it was installed from is this machine's business.
    const components = installed.components.map(({ externalReferences: _, ...component }) => component);
    return {
      ...installed,
      components: [...components, ...bundled(subject.tarball), ...noticed(subject.tarball)],
    };
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

/** The packages whose source a tarball's scripts were made of. Its source maps name every file, by pnpm's path, which has the version in it. */
function bundled(tarball: string): Component[] {
  const maps = contents(tarball).filter((file) => file.endsWith(".map"));
  const sources = maps.flatMap((file): string[] => JSON.parse(read(tarball, file)).sources ?? []);
  const paths = sources.map((source) =>
    /\.pnpm\/[^/]+?@(?<version>\d[^/_(]*)[^/]*\/node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\//.exec(source),
  );
  return components(paths);
}

/** The packages inside of a bundle that another project made, which has no source map here: our NOTICE lists them. */
function noticed(tarball: string): Component[] {
  if (!contents(tarball).includes("package/NOTICE")) return [];
  return components(read(tarball, "package/NOTICE").matchAll(/^ {2}(?<name>\S+) (?<version>\d\S*),/gm));
}

function components(matches: Iterable<RegExpExecArray | null>): Component[] {
  const found = new Map<string, Component>();
  for (const match of matches) {
    const { name = "", version = "" } = match?.groups ?? {};
    if (!version) continue;
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    found.set(purl, { "bom-ref": `bundled|${purl}`, type: "library", name, version, purl });
  }
  return [...found.values()];
}

function contents(tarball: string): string[] {
  return run("tar", ["-tzf", tarball]).trimEnd().split("\n");
}

function read(tarball: string, file: string): string {
  return run("tar", ["-xzOf", tarball, file]);
}
