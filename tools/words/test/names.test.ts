import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PLUGIN = "tools/words/module-constants.grit";
const FILE = "tools/words/src/made-up.ts";
/** A folder with the repository's configuration of biome. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "esim-names-"));
  mkdirSync(join(folder, "tools/words/src"), { recursive: true });
  cpSync(here(`../../../${PLUGIN}`), join(folder, PLUGIN));
  const settings = JSON.parse(readFileSync(here("../../../biome.json"), "utf8"));
  // The folder is not a repository.
  writeFileSync(join(folder, "biome.json"), JSON.stringify({ ...settings, vcs: { enabled: false } }));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What biome prints about the names in a source; nothing if it accepts them. */
function complaints(source: string): string {
  writeFileSync(join(folder, FILE), `${source}\n`);
  const { status, stdout, stderr } = spawnSync(here("../node_modules/.bin/biome"), ["lint", FILE], {
    cwd: folder,
    encoding: "utf8",
  });
  return status === 0 ? "" : stdout + stderr;
}

test.each([
  "export const MAX_TRIES = 5;",
  'export const BASE_URL = "https://example.com";',
  "export const ICCID = /^\\d{19,20}$/;",
  "export const double = (count: number) => count * 2;",
  "export const packages = new Map<string, number>();",
  "let tries = 0;\nexport const next = () => tries++;",
  "export function first(): number {\n  const only = 1;\n  return only;\n}",
  "export type ESIM = { sim_status: string; readonly $ref?: string };",
  "export const of = (package_template: number) => ({ package_template });",
])("these names are accepted: %s", (source) => {
  expect(complaints(source)).toBe("");
});

test.each([
  "export const maxTries = 5;",
  'export const baseUrl = "https://example.com";',
  "export const iccid = /^\\d{19,20}$/;",
  "export const Double_it = (count: number) => count * 2;",
  "export type esim = { sim_status: string };",
  "export function First_one(): number {\n  return 1;\n}",
])("these names are not: %s", (source) => {
  expect(complaints(source)).toMatch(/useNamingConvention|SCREAMING_CASE/);
});
