import type { Operation } from "../contract/prism.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Keywords that combine schemas: one schema alone does not show whether a field is allowed. */
const COMBINING_KEYWORDS = ["allOf", "anyOf", "oneOf", "not", "if", "$ref"];

/** The operation with undocumented fields forbidden in its answers, so that Prism reports them. */
export function closeSchemas(operation: Operation): Operation {
  const responses = operation.responses.map((response) => ({
    ...response,
    contents: response.contents?.map((content) => ({
      ...content,
      ...(content.schema && { schema: closed(content.schema as Schema) }),
    })),
  }));
  return { ...operation, responses: responses as unknown as Operation["responses"] };
}

function closed(schema: Schema): Schema {
  if (COMBINING_KEYWORDS.some((keyword) => keyword in schema)) return schema;
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(isSchema(items) && { items: closed(items) }),
    ...(isSchema(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, each]) => [name, isSchema(each) ? closed(each) : each]),
      ),
      additionalProperties: additionalProperties ?? false,
    }),
  };
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
