import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filled } from "./markers.ts";

/** What a README shows of results: a text for each pair of its markers. */
export type Sections = Readonly<Record<string, string>>;

/** The results that a tool's folder keeps; undefined where it has none yet. */
export function readResults<Results>(folder: string): Results | undefined {
  const file = join(folder, "results.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Writes a tool's results.json, and its README's sections. */
export function publish(folder: string, results: unknown, sections: Sections): void {
  writeFileSync(join(folder, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
  writeReadme(folder, sections);
}

/** Puts sections into the README of a folder. @throws where it has no place for one */
export function writeReadme(folder: string, sections: Sections): void {
  const file = join(folder, "README.md");
  const page = Object.entries(sections).reduce(
    (text, [name, section]) => filled(text, name, section),
    readFileSync(file, "utf8"),
  );
  writeFileSync(file, page);
}
