import { cpSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { type Check, check } from "../check.ts";
import type { Context } from "../context.ts";
import { versionOf } from "../install.ts";
import { writeManifest } from "../pack.ts";
import { installEnvironment, must, run } from "../run.ts";

const samples = resolve(import.meta.dirname, "../../projects/types");

/** The oldest supported version, the workspace's, and the newest, each with Node's types of its time. */
const COMPILERS = [
  {
    name: "typescript-5.4",
    nodeTypes: "types-node-20",
    resolutions: ["node10", "node16", "nodenext", "bundler"],
  },
  { name: "typescript", nodeTypes: "@types/node", resolutions: ["node10", "node16", "nodenext", "bundler"] },
  // It no longer has node10.
  { name: "typescript-7", nodeTypes: "@types/node", resolutions: ["node16", "nodenext", "bundler"] },
] as const;

const MODULES = { node10: "commonjs", node16: "node16", nodenext: "nodenext", bundler: "esnext" } as const;

const STRICT = {
  target: "es2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  // Checks the client's own declarations too.
  skipLibCheck: false,
};

/** Compilers, module resolutions, and sources of `fetch`'s types; and declarations in a project installed by pnpm. */
export async function types(context: Context): Promise<Check[]> {
  return [...(await compileSamples(context)), ...(await declare(context))];
}

async function compileSamples({ toolchain, packed }: Context): Promise<Check[]> {
  const checks: Check[] = [];
  for (const { name, nodeTypes, resolutions } of COMPILERS) {
    const version = versionOf(toolchain, name);
    const withNode = packed.project(`${name}-node`);
    installTypes(join(toolchain, "node_modules", nodeTypes), withNode);
    const worlds = [
      {
        title: `@types/node ${versionOf(toolchain, nodeTypes)}`,
        project: withNode,
        lib: ["es2022"],
        types: ["node"],
      },
      {
        title: "the DOM's types",
        project: packed.project(`${name}-dom`),
        lib: ["es2022", "dom", "dom.iterable"],
        types: [],
      },
    ];
    for (const { title, project, lib, types } of worlds) {
      // As ES module and as CommonJS, if the file's extension decides that.
      for (const extension of ["ts", "mts", "cts"])
        cpSync(join(samples, "sample.ts"), join(project, `sample.${extension}`));
      for (const resolution of resolutions) {
        const module = MODULES[resolution];
        const files = module.startsWith("node") ? ["sample.mts", "sample.cts"] : ["sample.ts"];
        const options = { ...STRICT, module, moduleResolution: resolution, lib, types, noEmit: true };
        const problem = await compile(toolchain, name, project, resolution, {
          compilerOptions: options,
          files,
        });
        checks.push(check(`TypeScript ${version}, ${resolution}, ${title}: compiles, strict`, problem));
      }
    }
  }
  return checks;
}

/** With pnpm a project sees only its direct dependencies, so a declaration may only name the client's own types. */
async function declare({ toolchain, packed }: Context): Promise<Check[]> {
  const project = packed.empty("pnpm");
  writeManifest(project, { "@betatelltd/esim-sdk": `file:${packed.tarball}` });
  await must("pnpm", ["install", "--ignore-workspace", "--prefer-offline"], {
    cwd: project,
    env: installEnvironment(),
  });
  cpSync(join(samples, "exports.ts"), join(project, "exports.ts"));
  const checks: Check[] = [];
  for (const { name } of COMPILERS) {
    const options = {
      ...STRICT,
      module: "nodenext",
      lib: ["es2022", "dom", "dom.iterable"],
      types: [],
      declaration: true,
      outDir: name,
    };
    const config = { compilerOptions: options, files: ["exports.ts"] };
    const problem = await compile(toolchain, name, project, name, config);
    checks.push(check(`TypeScript ${versionOf(toolchain, name)}, pnpm: writes declarations`, problem));
  }
  return checks;
}

async function compile(
  toolchain: string,
  compiler: string,
  cwd: string,
  name: string,
  config: object,
): Promise<string | undefined> {
  const file = `tsconfig.${name}.json`;
  writeFileSync(join(cwd, file), JSON.stringify(config));
  const tsc = join(toolchain, "node_modules", compiler, "bin/tsc");
  const { ok, output } = await run(process.execPath, [tsc, "--project", file], { cwd });
  return ok ? undefined : output;
}

/** Copies a package of Node's types, and the package with its types of `fetch`. */
function installTypes(source: string, project: string): void {
  cpSync(source, join(project, "node_modules/@types/node"), { recursive: true });
  const undici = createRequire(join(source, "package.json")).resolve("undici-types/package.json");
  cpSync(dirname(undici), join(project, "node_modules/undici-types"), { recursive: true });
}
