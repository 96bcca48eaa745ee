import { bundle } from "../bundle.ts";
import { furtherTags, SHARES, unusedMethods } from "../client-weight.ts";
import type { Effort } from "../effort.ts";
import type { Target } from "../goals.ts";
import type { Group } from "../group.ts";
import { heyApi, makeHeyApi } from "../hey-api.ts";
import { install, libraries, type Project } from "../installation.ts";
import { interleave } from "../rounds.ts";
import { type Row, rowsOf, valuesOf } from "../rows.ts";
import { spawnTime } from "../spawn-time.ts";

const OURS = "@betatelltd/esim-sdk";
const AXIOS = "OpenAPI Generator, axios";
const BUNDLE = "bundle";
const IMPORT = "import";
const ROUNDS = 21;
/** They take Node as long to load as all the rest of its start. */
const UNDICI = "modules of undici that it loads";
const WITHOUT = "a bundle without it";

/** All that a package exports, its default included. */
const all = (name: string) => `export * from "${name}"; export { default } from "${name}"`;
const entries: Readonly<Record<string, string>> = {
  ...SHARES,
  "openapi-fetch": all("openapi-fetch"),
  ky: all("ky"),
  "@hey-api/openapi-ts": `export * from ${JSON.stringify(heyApi.entry)}`,
  [AXIOS]: 'export * from "@betatelltd/esim-sdk-axios"',
};
const kibibytes: Readonly<Record<string, readonly Target[]>> = {
  "PackagesApi and Configuration": [{ atMost: 4.5 }],
  createEsimClient: [{ atMost: 5.5 }],
};

export const weight: Group = {
  id: "weight",
  title: "What a client weighs",
  about:
    "What an application gets of it, bundled for browsers, minified and gzipped, with all that it depends on and without what is not used; what npm " +
    "installs; and how long an import takes. Ratios are to the client for axios, those of imports to a Node that imports nothing.",
  plotted: BUNDLE,
  async run(effort) {
    await makeHeyApi();
    return [...(await bundles()), ...(await tags()), ...(await installations(effort))];
  },
};

async function bundles(): Promise<Row[]> {
  const values = new Map<string, number[]>();
  for (const [name, source] of Object.entries(entries))
    values.set(name, [(await bundle(source)).bytes / 1024]);
  return rowsOf({
    metric: BUNDLE,
    scenario: "minified and gzipped",
    unit: "KiB",
    values,
    reference: AXIOS,
    targets: kibibytes,
  });
}

async function tags(): Promise<Row[]> {
  const added = await furtherTags();
  if (added.size === 0)
    console.log("The contract has one tag. What a further one adds is measured when there is one.");
  const values = new Map([...added].map(([name, bytes]) => [name, [bytes / 1024]]));
  const most: readonly Target[] = [{ atMost: 0.5 }];
  const unused = await unusedMethods();
  return [
    ...rowsOf({
      metric: "further tags",
      scenario: "added to PackagesApi",
      unit: "KiB",
      values,
      targets: Object.fromEntries([...added.keys()].map((name) => [name, most])),
    }),
    ...rowsOf({
      metric: "further tags",
      scenario: "methods of a class that is not imported",
      unit: "methods",
      values: new Map([[WITHOUT, [unused.length]]]),
      targets: { [WITHOUT]: [{ atMost: 0 }] },
    }),
  ];
}

async function installations(effort: Effort): Promise<Row[]> {
  const { projects, remove } = install();
  try {
    const sizes = new Map(projects.map(({ name, bytes }) => [name, [bytes / 1024]]));
    const counts = new Map(projects.map(({ name, packages }) => [name, [packages]]));
    const metric = "installation";
    return [
      ...rowsOf({ metric, scenario: "on disk", unit: "KiB", values: sizes, reference: AXIOS }),
      ...rowsOf({ metric, scenario: "packages", unit: "packages", values: counts, reference: AXIOS }),
      ...(await imports(projects, effort)),
    ];
  } finally {
    remove();
  }
}

/** Over a Node that does nothing, in the same round. */
async function imports(projects: readonly Project[], effort: Effort): Promise<Row[]> {
  const [{ folder: cwd } = { folder: "." }] = projects;
  const subjects: Record<string, { code: string; cwd: string }> = {
    nothing: { code: "", cwd },
    // Some libraries touch what Node loads for fetch when they are imported, and others at their first call.
    "nothing, but a Request": { code: 'new Request("http://localhost");', cwd },
    ...Object.fromEntries(
      projects.map(({ name, folder }) => [
        name,
        { code: `import ${JSON.stringify(libraries[name])};`, cwd: folder },
      ]),
    ),
  };
  const measured = await interleave(subjects, effort.rounds(ROUNDS), async ({ code, cwd }) => ({
    [IMPORT]: (await spawnTime(["--input-type=module", "-e", code], { cwd })).milliseconds,
  }));
  const loaded = new Map<string, number[]>();
  for (const [name, { code, cwd }] of Object.entries(subjects)) loaded.set(name, [await undiciIn(code, cwd)]);
  return [
    ...rowsOf({
      metric: IMPORT,
      scenario: "the whole process",
      unit: "ms",
      values: valuesOf(measured, IMPORT),
      reference: "nothing",
      targets: { [OURS]: [{ atMost: 10, over: "nothing" }] },
    }),
    ...rowsOf({
      metric: IMPORT,
      scenario: UNDICI,
      unit: "modules",
      values: loaded,
      targets: { [OURS]: [{ atMost: 0 }] },
    }),
  ];
}

/** How many of Node's own modules of undici are there after an import. */
async function undiciIn(code: string, cwd: string): Promise<number> {
  const count = 'process.moduleLoadList.filter((name) => name.includes("/undici/")).length';
  const { stdout } = await spawnTime(["--input-type=module", "-e", `${code}\nconsole.log(${count})`], {
    cwd,
  });
  return Number(stdout);
}
