type Json = { [key: string]: unknown };
type Parameter = Json & { name: string; schema: Json };

/**
 * The contract, with what our templates need to know about each operation in `x-` fields: what a success returns (`x-answer`), whether it needs
 * keys (`x-keys`), its own server (`x-server`) and, for a list, its rows. An operation's own server becomes such a field because generated
 * clients would send to it whatever server is configured, even a mock.
 *
 * @param names what a language calls the models of rows, if not what the contract calls them
 */
export function annotated(document: Json, names: Readonly<Record<string, string>> = {}): Json {
  const contract = structuredClone(document);
  const resolve = <T>(node: T): T => {
    const { $ref } = Object(node) as { $ref?: string };
    if ($ref === undefined) return node;
    return resolve(
      $ref
        .slice(2)
        .split("/")
        .reduce((at, key) => at[key] as Json, contract) as T,
    );
  };
  for (const item of Object.values(contract.paths as Record<string, Json>)) {
    const { servers, ...methods } = item;
    delete item.servers;
    for (const operation of Object.values(methods) as Json[]) {
      if (!operation.operationId) continue;
      const [server] = (operation.servers ?? servers ?? []) as { url: string }[];
      delete operation.servers;
      const success = successOf(resolve, operation);
      operation["x-answer"] = answerOf(success);
      operation["x-keys"] = ((operation.security ?? contract.security) as unknown[]).length > 0;
      if (server) operation["x-server"] = server.url;
      const parameters = ((operation.parameters ?? []) as Parameter[]).map(resolve).map(withoutDefault);
      operation.parameters = parameters;
      if (!parameters.some(({ name }) => name === "offset")) continue;
      operation["x-list"] = { ...namesOf(operation), ...listOf(resolve, success, names) };
      operation.parameters = parameters.map((each) =>
        ["count", "offset"].includes(each.name) ? { ...each, "x-page": true } : each,
      );
    }
  }
  return contract;
}

/** Without the default, which the server fills in. Go's client would send it. */
function withoutDefault({ schema: { default: _, ...schema }, ...parameter }: Parameter): Parameter {
  return { ...parameter, schema } as Parameter;
}

/** The media types of an operation's success, with their schemas. */
function successOf(resolve: <T>(node: T) => T, { responses }: Json): Record<string, { schema: Json }> {
  const [, success] = Object.entries(responses as Json).find(([status]) => status.startsWith("2")) ?? [];
  return (resolve(success) as { content?: Record<string, { schema: Json }> }).content ?? {};
}

function answerOf(success: object): "nothing" | "json" | "bytes" {
  const [type] = Object.keys(success);
  if (type === undefined) return "nothing";
  return type === "application/json" ? "json" : "bytes";
}

/** A list's name in function names: getPackageTemplates becomes PackageTemplates, or package_templates. */
function namesOf({ operationId }: Json): Json {
  const name = `${operationId}`.replace(/^get/, "");
  return { name, snakeName: name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase() };
}

/** The field of a page that contains the rows, their model, and the field that identifies a row; countries have none. */
function listOf(
  resolve: <T>(node: T) => T,
  success: Record<string, { schema: Json }>,
  names: Readonly<Record<string, string>>,
): Json {
  const { properties } = resolve(success["application/json"]?.schema) as { properties: Record<string, Json> };
  const [[field, { items }] = ["", {}]] = Object.entries(properties).filter(
    ([, { type }]) => type === "array",
  );
  const model = `${(items as { $ref: string }).$ref.split("/").at(-1)}`;
  const row = resolve(items) as { properties: Json };
  const key = ["id", "iccid"].find((name) => name in row.properties);
  return { field, model: names[model] ?? model, ...(key && { key }) };
}
