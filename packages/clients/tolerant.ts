type Json = { [key: string]: unknown };

/**
 * The contract as a client should read it that refuses what it does not know. Generated Python, Java and Go throw at an enum value
 * that is newer than they are, at a missing field and at a text that does not match its pattern, and take an integer without a
 * format for one of 32 bits; the live service is known for the first two and for larger numbers. So in what comes back, enums become
 * plain text whose description lists the values, nothing is required, and no pattern is checked; and integers have 64 bits
 * everywhere. What is sent stays as strict as the contract.
 */
export function tolerant(document: Json): Json {
  const { components, ...rest } = structuredClone(document) as Json & { components: { schemas: Json } };
  const sent = new Set(namesOf(requestBodies(rest)));
  const schemas = Object.entries(components.schemas).map(([name, schema]) => [
    name,
    sent.has(name) ? schema : relaxed(schema),
  ]);
  return wide({ ...rest, components: { ...components, schemas: Object.fromEntries(schemas) } }) as Json;
}

function wide(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wide);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, wide(each)]);
  return { ...Object.fromEntries(entries), ...((value as Json).type === "integer" && { format: "int64" }) };
}

function requestBodies({ paths }: Json): unknown[] {
  return Object.values(paths as Json).flatMap((item) =>
    Object.values(item as Json).map((operation) => (operation as Json).requestBody),
  );
}

/** The schemas that are referred to by name. */
function namesOf(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name = ""]) => name,
  );
}

function relaxed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relaxed);
  if (typeof value !== "object" || value === null) return value;
  const { enum: values, pattern: _, required, ...schema } = value as Json;
  const entries = Object.entries(schema).map(([key, each]) => [key, relaxed(each)]);
  return {
    ...Object.fromEntries(entries),
    // As the name of a property it is none of JSON Schema's.
    ...(required !== undefined && !Array.isArray(required) && { required: relaxed(required) }),
    ...(Array.isArray(values) && { description: told(String(schema.description ?? ""), values) }),
  };
}

function told(description: string, values: readonly unknown[]): string {
  return `${description} One of ${values.join(", ")}, or a value that is newer than this client.`.trim();
}
