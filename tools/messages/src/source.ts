import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A package whose messages are listed. */
export interface Package {
  readonly name: string;
  /** Its sources, from the root of the repository. */
  readonly folder: string;
}

export const PACKAGES: readonly Package[] = [
  { name: "@betatelltd/esim-sdk", folder: "packages/esim-sdk/src" },
  { name: "@betatelltd/esim-mock", folder: "packages/esim-mock/src" },
  { name: "@betatelltd/esim-cli", folder: "apps/cli/src" },
];

/** The hand-written sources of a package, sorted by path. */
export function readSources(root: string, { folder }: Package): ts.SourceFile[] {
  return globSync(`${folder}/**/*.ts`, { cwd: root })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.includes("/generated/") && !path.endsWith(".d.ts"))
    .sort()
    .map((path) => parse(path, readFileSync(join(root, path), "utf8")));
}

export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** A node and everything below it. */
export function* nodes(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodes(child);
}

/** The nodes around a node, from the inside out. */
export function* ancestors(node: ts.Node): Generator<ts.Node> {
  for (let each = node.parent; each; each = each.parent) yield each;
}
