/** Writes everything in src/generated from the OpenAPI document. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";

const HEADER = "// Generated from @betatelltd/esim-openapi by scripts/generate.ts. Do not edit.\n\n";
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

interface Schema {
  enum?: string[];
  description?: string;
  properties?: Record<string, Schema>;
}
interface Operation {
  operationId: string;
  parameters?: { name: string; description?: string; schema: Schema }[];
}
interface OpenApiDocument {
  servers: [{ url: string }];
  paths: Record<string, Partial<Record<(typeof METHODS)[number], Operation>>>;
  components: { schemas: Record<string, Schema> };
}

const documentUrl = new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
const document: OpenApiDocument = JSON.parse(await readFile(documentUrl, "utf8"));
const folder = new URL("../src/generated/", import.meta.url);

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = item[method];
    return operation ? [{ method: method.toUpperCase(), path, operation }] : [];
  }),
);

/** `package_template` → `PackageTemplate`, `NOT_ACTIVE` → `NotActive`, `De-activated` → `DeActivated`. */
function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => {
      const rest = word.slice(1);
      return word.charAt(0).toUpperCase() + (/[a-z]/.test(word) ? rest : rest.toLowerCase());
    })
    .join("");
}

const objects = new Map<string, string>();

/** The enum objects carry the names that OpenAPI Generator gives them, so that code written for such a client moves over. */
function enumObject(name: string, { enum: values = [], description = "" }: Schema): string {
  const members = values.map((value) => `  ${pascalCase(value)}: ${JSON.stringify(value)},\n`).join("");
  const object = `{\n${members}} as const`;
  // Several enums have the same members; one object is enough for them.
  const same = objects.get(object);
  if (!same) objects.set(object, name);
  return (
    `/** ${description} */\nexport const ${name} = ${same ?? object};\n` +
    `/** ${description} */\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];\n`
  );
}

const parameterEnums = operations.flatMap(({ operation }) =>
  (operation.parameters ?? [])
    .filter(({ schema }) => schema?.enum)
    .map(({ name, description = "", schema }) =>
      enumObject(`${pascalCase(operation.operationId)}${pascalCase(name)}Enum`, { ...schema, description }),
    ),
);
const propertyEnums = Object.entries(document.components.schemas).flatMap(
  ([schemaName, { properties = {} }]) =>
    Object.entries(properties)
      .filter(([, property]) => property.enum)
      .map(([name, property]) => enumObject(`${schemaName}${pascalCase(name)}Enum`, property)),
);

const operationIds = Object.fromEntries(
  operations.map(({ method, path, operation }) => [`${method} ${path}`, operation.operationId]),
);

const files = {
  "openapi.ts":
    COMMENT_HEADER +
    astToString(
      await openapiTS(documentUrl, {
        rootTypes: true,
        rootTypesNoSchemaPrefix: true,
        rootTypesKeepCasing: true,
      }),
    ),
  "enums.ts": HEADER + [...parameterEnums, ...propertyEnums].join("\n"),
  "operations.ts":
    `${HEADER}/** The production server. */\nexport const PRODUCTION_URL = ${JSON.stringify(document.servers[0].url)};\n\n` +
    `/** The operationId of each method and path. */\n` +
    `export const OPERATION_IDS: Readonly<Record<string, string>> = ${JSON.stringify(operationIds, null, 2)};\n`,
};

await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) await writeFile(new URL(name, folder), text);
