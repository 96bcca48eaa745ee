import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import type { Group } from "../group.ts";
import { heyApi, makeHeyApi } from "../hey-api.ts";
import { interleave, type Row, rowsOf, type Sample } from "../measure.ts";
import { spawnTime } from "../spawn-time.ts";

const resolved = (name: string) => fileURLToPath(import.meta.resolve(name));
const folderOf = (name: string) => dirname(resolved(`${name}/package.json`));
const bench = fileURLToPath(new URL("../..", import.meta.url));
const ours = "@betatelltd/esim-sdk";
const axios = "OpenAPI Generator, axios";

/** What an application installs, and what it then imports. Of `packed` ones there is a tarball to be made first. */
const libraries = {
  [ours]: { install: ours, packed: true },
  "openapi-fetch": { install: "openapi-fetch", packed: false },
  ky: { install: "ky", packed: false },
  [axios]: { install: "@betatelltd/esim-sdk-axios", packed: true },
} as const;

export const weight: Group = {
  id: "weight",
  title: "What a client weighs",
  about:
    "An entry with everything it exports and depends on, bundled for browsers, minified and gzipped; what npm installs; and how long an import " +
    "takes. Ratios are to the client for axios, those of imports to a Node that imports nothing.",
  plotted: "KiB",
  async run() {
    await makeHeyApi();
    return [...(await bundles()), ...(await installations())];
  },
};

async function bundles(): Promise<Row[]> {
  const entries = {
    [ours]: resolved(ours),
    [`${ours} and /once`]: [resolved(ours), resolved(`${ours}/once`)],
    "openapi-fetch": resolved("openapi-fetch"),
    ky: resolved("ky"),
    "@hey-api/openapi-ts": heyApi.entry,
    [axios]: resolved("@betatelltd/esim-sdk-axios"),
  };
  const sizes = new Map<string, Sample>();
  for (const [name, entry] of Object.entries(entries)) sizes.set(name, exact((await bundled(entry)) / 1024));
  const rows = rowsOf("minified and gzipped", "KiB", sizes, axios);
  return rows.map((row) => {
    const met = row.sample.median <= 6 && (row.ratio ?? 1) <= 0.25;
    return row.subject === ours ? { ...row, goal: { text: "≤ 6 KiB and ≤ 0.25 ×", met } } : row;
  });
}

async function bundled(input: string | string[]): Promise<number> {
  const bundle = await rolldown({ input, platform: "browser" });
  const { output } = await bundle.generate({ minify: true });
  await bundle.close();
  return output.reduce(
    (sum, each) => sum + (each.type === "chunk" ? gzipSync(each.code, { level: 9 }).length : 0),
    0,
  );
}

async function installations(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "esim-bench-"));
  try {
    const sizes = new Map<string, Sample>();
    const counts = new Map<string, Sample>();
    const projects: Record<string, string> = {};
    for (const [name, { install, packed }] of Object.entries(libraries)) {
      const project = join(folder, name.replace(/\W+/g, "-"));
      mkdirSync(project);
      writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }');
      const what = packed ? pack(install, folder) : `${install}@${versionOf(install)}`;
      run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", what], project);
      const lock = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8"));
      counts.set(name, exact(Object.keys(lock.packages).length - 1));
      sizes.set(name, exact(bytesIn(join(project, "node_modules")) / 1024));
      projects[name] = project;
    }
    return [
      ...rowsOf("installed", "KiB", sizes, axios),
      ...rowsOf("installed", "packages", counts, axios),
      ...(await imports(projects)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Over a Node that does nothing, in the same round. */
async function imports(projects: Record<string, string>): Promise<Row[]> {
  const imported = Object.entries(libraries).map(
    ([name, { install }]) => [name, { code: `import "${install}"`, cwd: projects[name] ?? "" }] as const,
  );
  const subjects = {
    nothing: { code: "0", cwd: tmpdir() },
    // Some libraries touch what Node loads for fetch when they are imported, and others at their first call.
    "nothing, but a Request": { code: 'new Request("http://localhost")', cwd: tmpdir() },
    ...Object.fromEntries(imported),
  };
  const samples = await interleave(
    subjects,
    ({ code, cwd }) => spawnTime(["--input-type=module", "-e", code], { cwd }),
    21,
  );
  const bare = samples.get("nothing")?.median ?? Number.NaN;
  return rowsOf("importing it", "ms", samples, "nothing").map((row) =>
    row.subject === ours
      ? { ...row, goal: { text: "≤ 10 ms over nothing", met: row.sample.median - bare <= 10 } }
      : row,
  );
}

function pack(name: string, folder: string): string {
  const args = ["pack", "--json", "--pack-destination", folder];
  const { filename } = JSON.parse(execFileSync("pnpm", args, { cwd: folderOf(name), encoding: "utf8" }));
  return join(folder, filename.split("/").at(-1));
}

function run(command: string, args: string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(bench, "node_modules", name, "package.json"), "utf8")).version;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

const exact = (value: number): Sample => ({ median: value, min: value, max: value });
