type Json = { [key: string]: unknown };

/**
 * The contract for generated clients that reject what they do not know. Generated Python, Java and Go throw on a new enum value, on a missing
 * field and on a string that does not match its pattern, and treat an integer without a format as 32 bits; the live service is known for the
 * first two and for larger numbers. So in responses, enums become strings whose description lists the values, nothing is required, and no
 * pattern is checked; and integers have 64 bits everywhere. A value of several types becomes any JSON value: generated unions reject other
 * types, and are awkward to read. Types that are only sent stay as strict as the contract.
 */
export function tolerant(document: Json): Json {
  const { components, ...rest } = structuredClone(document) as Json & { components: { schemas: Json } };
  const answered = reachable(schemasOf(responses(document)), components.schemas);
  const sent = reachable(schemasOf(requestBodies(rest)), components.schemas);
  const schemas = Object.entries(components.schemas).map(([name, schema]) => [
    name,
    sent.has(name) && !answered.has(name) ? schema : relaxed(schema),
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

function responses({ paths, components }: Json): unknown[] {
  const operations = Object.values(paths as Json).flatMap((item) => Object.values(item as Json));
  return [...operations.map((operation) => (operation as Json).responses), (components as Json).responses];
}

/** The schemas that are referred to by name. */
function schemasOf(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name = ""]) => name,
  );
}

/** Those schemas, and all schemas that they refer to. */
function reachable(names: readonly string[], schemas: Json, found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    reachable(schemasOf(schemas[name]), schemas, found);
  }
  return found;
}

function relaxed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relaxed);
  if (typeof value !== "object" || value === null) return value;
  const { enum: values, pattern: _, required, ...fields } = value as Json;
  const { type, ...untyped } = fields;
  const schema = Array.isArray(type) ? untyped : fields;
  const entries = Object.entries(schema).map(([key, each]) => [key, relaxed(each)]);
  return {
    ...Object.fromEntries(entries),
    // Here `required` is the name of a property, not JSON Schema's keyword.
    ...(required !== undefined && !Array.isArray(required) && { required: relaxed(required) }),
    ...(Array.isArray(values) && { description: listed(String(schema.description ?? ""), values) }),
  };
}

function listed(description: string, values: readonly unknown[]): string {
  return `${description} One of ${values.join(", ")}, or a value newer than this client.`.trim();
}
