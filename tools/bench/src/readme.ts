import { readFileSync, writeFileSync } from "node:fs";
import { markdown } from "./markdown.ts";
import type { Row } from "./rows.ts";

export const README = new URL("../README.md", import.meta.url);

/** Puts a group's figures into this folder's README, between `<!-- bench:id -->` and `<!-- /bench:id -->`. */
export function writeReadme(id: string, rows: readonly Row[], when: string): void {
  writeFileSync(README, filled(readFileSync(README, "utf8"), id, `${markdown(rows)}\n\n${when}`));
}

/** A page with something else between the marks of a group. @throws where they are missing */
export function filled(page: string, id: string, text: string): string {
  const [start, end] = [`<!-- bench:${id} -->`, `<!-- /bench:${id} -->`];
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no place for ${id}: ${start} and ${end}`);
  return `${page.slice(0, from)}${start}\n\n${text}\n\n${page.slice(to)}`;
}
