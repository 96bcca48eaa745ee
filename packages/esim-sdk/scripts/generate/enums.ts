import { document, operations, type Schema } from "./document.ts";
import { pascalCase } from "./names.ts";

/** `enums.ts`: the enum objects have the names that OpenAPI Generator gives them, so that code written for such a client still works. */
export function enums(): string {
  const objects = new Map<string, string>();
  const enumObject = (name: string, { enum: values = [], description = "" }: Schema): string => {
    const members = values.map((value) => `  ${pascalCase(value)}: ${JSON.stringify(value)},\n`).join("");
    const object = `{\n${members}} as const`;
    // Enums with the same members share one object.
    const same = objects.get(object);
    if (!same) objects.set(object, name);
    return (
      `/** ${description} */\nexport const ${name} = ${same ?? object};\n` +
      `/** ${description} */\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];\n`
    );
  };
  const ofParameters = operations.flatMap(({ id, parameters }) =>
    parameters
      .filter(({ schema }) => schema.enum)
      .map(({ name, description = "", schema }) =>
        enumObject(`${pascalCase(id)}${pascalCase(name)}Enum`, { ...schema, description }),
      ),
  );
  const ofProperties = Object.entries(document.components.schemas ?? {}).flatMap(
    ([schemaName, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, property]) => property.enum)
        .map(([name, property]) => enumObject(`${schemaName}${pascalCase(name)}Enum`, property)),
  );
  return [...ofParameters, ...ofProperties].join("\n");
}
