import { readFileSync } from "node:fs";

const file = new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
const { examples } = JSON.parse(readFileSync(file, "utf8")).paths["/packages/{id}"].get.responses["200"]
  .content["application/json"];

/** The contract's own example of a package. */
export const onePackage: object = (Object.values(examples)[0] as { value: object }).value;
