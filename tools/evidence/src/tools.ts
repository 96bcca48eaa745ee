import { resolve } from "node:path";
import type { Sections } from "@betatelltd/esim-testing/report";
import { sections as bench } from "../../bench/src/readme.ts";
import type { Results as BenchResults } from "../../bench/src/results.ts";
import { type Results as FuzzResults, sections as fuzz } from "../../fuzz/src/report.ts";
import { type Results as RuntimesResults, sections as runtimes } from "../../runtimes/src/report.ts";
import { type Results as TortureResults, sections as torture } from "../../torture/src/report.ts";

/** The results.json of each tool. */
export interface Evidence {
  readonly bench: BenchResults;
  readonly torture: TortureResults;
  readonly fuzz: FuzzResults;
  readonly runtimes: RuntimesResults;
}

/** Something that measures. */
export interface Tool<Results = never> {
  readonly folder: string;
  /** Arguments of its main.ts that have it write what it finds. */
  readonly args: readonly string[];
  /** What its README shows of its results. */
  sections(results: Results): Sections;
}

const folder = (name: string) => resolve(import.meta.dirname, "../..", name);

/** In the order in which they run: the one that measures time comes first. */
export const TOOLS: { readonly [Name in keyof Evidence]: Tool<Evidence[Name]> } = {
  bench: { folder: folder("bench"), args: [], sections: bench },
  torture: { folder: folder("torture"), args: ["1", "--write"], sections: torture },
  fuzz: { folder: folder("fuzz"), args: ["1", "--write"], sections: fuzz },
  runtimes: { folder: folder("runtimes"), args: ["--write"], sections: runtimes },
};

export const ROOT = resolve(import.meta.dirname, "../../..");
