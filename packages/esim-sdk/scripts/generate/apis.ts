import { document, type Operation, operations, type Parameter } from "./document.ts";
import { camelCase, className, docComment, kebabCase, pascalCase, typeName } from "./names.ts";
import { isWrite } from "./operations.ts";

const ERRORS: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  401: "AuthenticationError",
  403: "AuthenticationError",
  404: "NotFoundError",
  409: "ConflictError",
  429: "RateLimitError",
};

/** One file per tag, keyed by file name. */
export function apis(): Record<string, string> {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return Object.fromEntries(
    tags.map((tag) => [
      `${kebabCase(tag)}-api.ts`,
      apiFile(
        tag,
        operations.filter((each) => each.tag === tag),
      ),
    ]),
  );
}

/** Everything the package exports from the contract: every class, every enum, every named schema. */
export function barrel(): string {
  const files = Object.keys(apis()).map((file) => `export * from "./apis/${file}";\n`);
  const schemas = Object.keys(document.components.schemas ?? {}).map(typeName);
  const names = ["components", "operations", "paths", ...schemas].sort((a, b) => a.localeCompare(b, "en"));
  return `${files.join("")}export * from "./enums.ts";\nexport type { OperationId } from "./operations.ts";\nexport type {\n${names.map((name) => `  ${name},\n`).join("")}} from "./openapi.ts";\n`;
}

function apiFile(tag: string, group: readonly Operation[]): string {
  const lists = group.filter(({ rows }) => rows);
  const isKeyless = group.every(({ needsKeys }) => !needsKeys);
  const description = document.tags?.find(({ name }) => name === tag)?.description;
  const text = [
    ...lists.map(queryTypes),
    `${docComment([
      description ?? `The operations tagged ${tag}.`,
      "",
      "Every method rejects with a subclass of `EsimApiError` (`NotFoundError`, …) for any response other than success,",
      "`EsimConnectionError` or `EsimTimeoutError` if there is no response, `EsimUsageError` for arguments that cannot be sent,",
      "and the signal's reason after an abort. After a failed write, `outcomeUnknown` says whether it may have happened.",
    ])}export class ${className(tag)} extends BaseApi {\n${isKeyless ? KEYLESS : ""}${group.map(methods).join("\n")}}\n`,
  ].join("\n");
  return imports(text, group) + text;
}

/** Lets a class whose operations need no keys be created without any. */
const KEYLESS = "  protected override get needsKeys(): boolean {\n    return false;\n  }\n\n";

/** The imports that the text uses. */
function imports(text: string, group: readonly Operation[]): string {
  const isUsed = (name: string) => new RegExp(`\\b${name}\\b`).test(text);
  const line = (type: string, names: readonly string[], from: string) => {
    const used = names.filter(isUsed);
    return used.length > 0 ? `import ${type}{ ${used.join(", ")} } from "${from}";\n` : "";
  };
  const ids = group.map(({ id }) => `${id} as ${constant(id)}`);
  return [
    `import { type ApiResult, BaseApi } from "../../api/base-api.ts";\n`,
    line("", ["toQuery"], "../../api/query.ts"),
    line("type ", ["SuccessOf"], "../../api/types.ts"),
    line("type ", ["CallOptions"], "../../options.ts"),
    /\bpaginate\(/.test(text) ? `import { type PaginateOptions, paginate } from "../../paginate.ts";\n` : "",
    line(
      "type ",
      [...Object.keys(document.components.schemas ?? {}).map(typeName), "operations"],
      "../openapi.ts",
    ),
    `import {\n${ids.map((each) => `  ${each},\n`).join("")}} from "../operations.ts";\n\n`,
  ].join("");
}

/** The name under which an operation is imported, because its own name is the method's. */
function constant(id: string): string {
  return id.replace(/([a-z\d])([A-Z])/g, "$1_$2").toUpperCase();
}

const isPage = ({ name }: Parameter) => name === "count" || name === "offset";

function filterType({ id, rows }: Operation): string {
  const sameRows = operations.filter((each) => each.rows?.type === rows?.type);
  return sameRows.length === 1 ? `${rows?.type}Filter` : `${pascalCase(id)}Filter`;
}

function queryType({ id }: Operation): string {
  return `${id.charAt(0).toUpperCase()}${id.slice(1)}Query`;
}

/** The types of the object that a list accepts instead of positional arguments. */
function queryTypes(operation: Operation): string {
  const query = operation.parameters.filter((each) => each.in === "query");
  const fields = (parameters: readonly Parameter[]) =>
    parameters
      .map(
        (each) =>
          docComment([describe(each)], "  ") +
          `  ${camelCase(each.name)}${each.required ? "" : "?"}: ${typeOf(operation, each)}${each.required ? "" : " | undefined"};\n`,
      )
      .join("");
  const filter = filterType(operation);
  return (
    docComment([`Filters for \`${iteratorName(operation)}\`. Rows must match every field that is set.`]) +
    `export interface ${filter} {\n${fields(query.filter((each) => !isPage(each)))}}\n\n` +
    docComment([`Filters and page for \`${operation.id}\`.`]) +
    `export interface ${queryType(operation)} extends ${filter} {\n${fields(query.filter(isPage))}}\n`
  );
}

interface Argument {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** In the document's order, the body last. Required arguments come before optional ones, as the language demands. */
function argumentsOf(operation: Operation): Argument[] {
  const { parameters, body } = operation;
  const all: Argument[] = parameters
    .filter((each) => each.in === "path" || each.in === "query")
    .map((each) => ({
      name: camelCase(each.name),
      type: typeOf(operation, each),
      required: each.required ?? false,
      description: describe(each),
    }));
  if (body) all.push({ ...body, description: plain(body.description) });
  return [...all.filter(({ required }) => required), ...all.filter(({ required }) => !required)];
}

function typeOf({ id }: Operation, { name, in: place, schema }: Parameter): string {
  const { type } = schema;
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (type === "integer" || type === "number") return "number";
  if (type === "string" || type === "boolean") return type;
  return `NonNullable<operations["${id}"]["parameters"]["${place}"]>["${name}"]`;
}

function describe({ name, description, schema }: Parameter): string {
  const byDefault = schema.default === undefined ? "" : ` Default: ${JSON.stringify(schema.default)}.`;
  return plain(`${description ?? name}${byDefault}`);
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

const OPTIONS: Argument = {
  name: "options",
  type: "CallOptions",
  required: false,
  description:
    "Signal, time limits (`timeout`: 30000 ms by default), retries (`maxRetries`: 2), headers and hooks for this call.",
};

function methods(operation: Operation): string {
  return operation.rows ? listMethods(operation) : method(operation);
}

function documentation(operation: Operation, described: readonly Argument[]): string {
  const { id, method, description, summary, failures, rows } = operation;
  const example = rows ? ["", "```ts", `const { data } = await api.${id}({ count: 20 });`, "```", ""] : [];
  return docComment(
    [
      plain(description || summary),
      ...(isWrite(method)
        ? ["", "If it fails with `outcomeUnknown`, it may still have happened: check before you retry."]
        : []),
      ...example,
      ...described.map((each) => `@param ${each.name} ${each.description}`),
      ...failures.map(
        ({ status, description }) =>
          `@throws ${ERRORS[status] ?? (status >= 500 ? "ServerError" : "EsimApiError")} ${status}: ${plain(description)}`,
      ),
      "@throws EsimConnectionError, EsimTimeoutError, EsimUsageError, or the signal's reason",
    ],
    "  ",
  );
}

function signature(described: readonly Argument[]): string {
  return described.map(({ name, type, required }) => `${name}${required ? "" : "?"}: ${type}`).join(", ");
}

function resultOf({ returns }: Operation): string {
  return `Promise<ApiResult<${returns.type}>>`;
}

function method(operation: Operation): string {
  const described = [...argumentsOf(operation), OPTIONS];
  const { id, parameters, body } = operation;
  const place = (where: Parameter["in"]) => parameters.filter((each) => each.in === where).map(pair);
  const parts = [
    ...wrap("path", place("path")),
    ...wrap("query", place("query")),
    ...(body ? [body.name === "body" ? "body" : `body: ${body.name}`] : []),
  ];
  return (
    documentation(operation, described) +
    `  ${id}(${signature(described)}): ${resultOf(operation)} {\n` +
    `    return this.call(${constant(id)}, { ${parts.join(", ")} }, options);\n  }\n`
  );
}

const wrap = (name: string, pairs: readonly string[]) =>
  pairs.length > 0 ? [`${name}: { ${pairs.join(", ")} }`] : [];

function pair({ name }: Parameter): string {
  const argument = camelCase(name);
  return argument === name ? name : `${/^\w+$/.test(name) ? name : JSON.stringify(name)}: ${argument}`;
}

function iteratorName({ id }: Operation): string {
  const rest = id.replace(/^(get|list|find|search)(?=[A-Z])/, "");
  return `iterate${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}

/** An overload with positional arguments, one with a single object, and an iterator. */
function listMethods(operation: Operation): string {
  const { id, rows, parameters } = operation;
  const query = parameters.filter((each) => each.in === "query");
  const path = argumentsOf(operation).filter(({ name }) =>
    parameters.some((each) => each.in === "path" && camelCase(each.name) === name),
  );
  const positions = argumentsOf(operation).filter((each) => !path.includes(each));
  const object: Argument = {
    name: "query",
    type: queryType(operation),
    required: true,
    description: "Filters and page, by name; the same as the positional arguments.",
  };
  const pathPart = wrap("path", parameters.filter((each) => each.in === "path").map(pair));
  const names = `{ ${query.map(({ name }) => `${camelCase(name)}: ${JSON.stringify(name)}`).join(", ")} }`;
  const pathNames = path.map(({ name }) => name);
  const filter: Argument = {
    name: "filter",
    type: filterType(operation),
    required: false,
    description: "Which rows to return: those that match every field that is set.",
  };
  const iterated = [
    ...path,
    filter,
    { ...OPTIONS, description: `${OPTIONS.description} Time limits apply to each page.` },
  ];
  return [
    `${documentation(operation, [...path, ...positions, OPTIONS])}  ${id}(${signature([...path, ...positions, OPTIONS])}): ${resultOf(operation)};\n`,
    `${documentation(operation, [...path, object, OPTIONS])}  ${id}(${signature([...path, object, OPTIONS])}): ${resultOf(operation)};\n`,
    `  ${id}(${[...path.map(({ name, type }) => `${name}: ${type}`), "...args: unknown[]"].join(", ")}): ${resultOf(operation)} {\n` +
      `    const { query, options } = toQuery(${JSON.stringify(id)}, args, ${names});\n` +
      `    return this.call(${constant(id)}, { ${[...pathPart, "query"].join(", ")} }, options);\n  }\n\n`,
    docComment(
      [
        `Iterates over everything that \`${id}\` lists, fetching pages as it goes; see {@link paginate} for its guarantees.`,
        "",
        "```ts",
        `for await (const each of api.${iteratorName(operation)}()) console.log(each);`,
        "```",
        "",
        ...iterated.map((each) => `@param ${each.name} ${each.description}`),
        "@throws EsimError if the server repeats itself or ends before its total, and any error of a page request",
      ],
      "  ",
    ),
    `  ${iteratorName(operation)}(${signature([...path, filter])
      .replace("filter?: ", "filter: ")
      .concat(
        ` = {}, options: CallOptions & PaginateOptions = {}`,
      )}): AsyncGenerator<${rows?.type}, void, undefined> {\n` +
      // A copy, because the caller may reuse the object while pages are still being fetched.
      `    const wanted = { ...filter };\n    return paginate(\n` +
      `      async (range) => (await this.${id}(${[...pathNames, "{ ...wanted, ...range }", "options"].join(", ")})).data,\n` +
      `      { ...options, rows: ${JSON.stringify(rows?.field)} },\n    );\n  }\n`,
  ].join("");
}
