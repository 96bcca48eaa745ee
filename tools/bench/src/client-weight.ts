import * as sdk from "@betatelltd/esim-sdk";
import { bundle } from "./bundle.ts";

const SDK = "@betatelltd/esim-sdk";

/** What applications import of the client, and what is measured of it, as a module. */
export const SHARES = {
  "PackagesApi and Configuration": `export { PackagesApi, Configuration } from "${SDK}"`,
  createEsimClient: `export { createEsimClient } from "${SDK}"`,
  "everything it exports": `export * from "${SDK}"`,
} as const;

/** The class of each tag, by its name. */
const classes = Object.entries(sdk as Record<string, unknown>).filter(
  (each): each is [string, { prototype: object }] => typeof each[1] === "function" && /.Api$/.test(each[0]),
);

/** How many bytes the class of each further tag adds to that of the first; of none, where there is one tag. */
export async function furtherTags(): Promise<ReadonlyMap<string, number>> {
  const { bytes: alone } = await bundle(SHARES["PackagesApi and Configuration"]);
  const added = new Map<string, number>();
  for (const [name] of classes) {
    if (name === "PackagesApi") continue;
    const { bytes } = await bundle(`export { PackagesApi, Configuration, ${name} } from "${SDK}"`);
    added.set(name, bytes - alone);
  }
  return added;
}

/** Methods of tags that an application does not use, and gets all the same: there should be none. */
export async function unusedMethods(): Promise<string[]> {
  const found: string[] = [];
  for (const [name, { prototype }] of classes) {
    const others = classes.filter(([other]) => other !== name).map(([other]) => other);
    const { code } = await bundle(`export { ${["Configuration", ...others].join(", ")} } from "${SDK}"`);
    // What the base class has, too, is in every bundle.
    const base = Object.getPrototypeOf(prototype);
    const methods = Object.getOwnPropertyNames(prototype).filter((method) => !(method in base));
    found.push(...methods.filter((method) => new RegExp(`\\b${method}\\b`).test(code)));
  }
  return found;
}
