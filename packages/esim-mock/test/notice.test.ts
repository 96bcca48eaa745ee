import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function sourcesOf(map: string): Promise<string[]> {
  return (JSON.parse(await readFile(map, "utf8")) as { sources: string[] }).sources;
}

/** The package that a source in Scalar's bundle comes from, with its version from the path in pnpm's store; Scalar's own packages have none. */
function packageOf(source: string): string | undefined {
  const [, entry = "", name] = /\/\.pnpm\/([^/]+)\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
  if (name !== undefined) return `${name} ${/^@?[^@]+@([^_(]+)/.exec(entry)?.[1]}`;
  const [, ofScalar] = /^(?:\.\.\/){3}([\w-]+)\/dist\//.exec(source) ?? [];
  return ofScalar && `@scalar/${ofScalar}`;
}

// After an update of Scalar: the licence of a package is in its package.json.
test("NOTICE names exactly what is bundled into dist/scalar.js", async () => {
  const map = here("../node_modules/@scalar/api-reference/dist/browser/standalone.js.map");
  const bundled = (await sourcesOf(map)).map(packageOf);
  const expected = [...new Set(bundled.filter((each) => each !== undefined))];
  expect(expected.length).toBeGreaterThan(100);
  const notice = await readFile(here("../NOTICE"), "utf8");
  const named = [...notice.matchAll(/^ {2}(@?[\w./-]+(?: \d[\w.-]*)?)(?=,|$)/gm)].map(([, each]) => each);
  expect(named.sort()).toEqual(expected.sort());
});

test("NOTICE contains the text of every licence that it names", async () => {
  const notice = await readFile(here("../NOTICE"), "utf8");
  const licences = new Set(
    [...notice.matchAll(/^ {2}\S+ \d\S*, ([\w.-]+?)\.?(?=\s)/gm)].map(([, name]) => name),
  );
  const texts = [...notice.matchAll(/^== (\S+)$/gm)].map(([, name]) => name);
  expect([...licences].sort()).toEqual(["MIT", ...texts].sort());
  expect(await readFile(here("../LICENSE"), "utf8")).toMatch(/^MIT License/);
});

test("everything else that is published is our own", async () => {
  const maps = (await readdir(here("../dist"))).filter((name) => name.endsWith(".map"));
  expect(maps.length).toBeGreaterThan(0);
  const sources = (await Promise.all(maps.map((name) => sourcesOf(here(`../dist/${name}`))))).flat();
  expect(sources.filter((source) => !/^\.\.\/(src\/|package\.json$)/.test(source))).toEqual([]);
});
