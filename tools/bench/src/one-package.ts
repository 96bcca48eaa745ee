import { readFileSync } from "node:fs";
import type { Package } from "@betatelltd/esim-sdk";

type Node = Readonly<Record<string, unknown>>;

const file = new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
const document = JSON.parse(readFileSync(file, "utf8"));
const { examples } = document.paths["/packages/{id}"].get.responses["200"].content["application/json"];

/** The contract's own example of a package, with every field that it has. */
export const onePackage = resolve(Object.values(examples)[0] as Node).value as Package;

/** What a node stands for: what its reference points to, or itself. */
function resolve(node: Node): Node {
  const { $ref: reference } = node;
  if (reference === undefined) return node;
  const steps = String(reference).replace(/^#\//, "").split("/");
  const found = steps
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((at, step) => (at as Node | undefined)?.[step], document);
  if (!found) throw new Error(`openapi.json has nothing at ${reference}`);
  return resolve(found as Node);
}
