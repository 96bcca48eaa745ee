import type { Row } from "../../listing/row.ts";

/** The template of a package. The live service has sent a bare ID instead of the object in the contract. */
export function templateOf({ package_template: template }: Row): Row {
  return typeof template === "object" && template !== null ? (template as Row) : { id: template };
}
