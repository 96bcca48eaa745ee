import { readResults, type Sections } from "@betatelltd/esim-testing/report";
import { claims } from "./claims.ts";
import { type Evidence, ROOT, TOOLS, type Tool } from "./tools.ts";

/** A README, and what it has to show of the results. */
export interface Page {
  readonly folder: string;
  readonly sections: Sections;
}

/** Every README that shows results. @throws where a tool has no results.json */
export function pages(): Page[] {
  const all = Object.fromEntries(
    Object.entries(TOOLS).map(([name, { folder }]) => {
      const results = readResults(folder);
      if (!results) throw new Error(`tools/${name} has no results.json: run \`pnpm evidence\``);
      return [name, results];
    }),
  ) as unknown as Evidence;
  const own = Object.keys(TOOLS).map((name) => pageOf(name as keyof Evidence, all));
  return [...own, { folder: ROOT, sections: claims(all) }];
}

function pageOf<Name extends keyof Evidence>(name: Name, all: Evidence): Page {
  const { folder, sections } = TOOLS[name] as Tool<Evidence[Name]>;
  return { folder, sections: sections(all[name]) };
}
