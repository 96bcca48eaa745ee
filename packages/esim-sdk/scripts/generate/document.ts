import { readFile } from "node:fs/promises";
import { typeName } from "./names.ts";

/** The parts of a schema that the generator reads. */
export interface Schema {
  $ref?: string;
  type?: string;
  enum?: string[];
  pattern?: string;
  default?: unknown;
  description?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema: Schema;
}

interface Body {
  $ref?: string;
  description?: string;
  required?: boolean;
  content?: Record<string, { schema?: Schema }>;
}

interface RawOperation {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: Body;
  responses: Record<string, Body>;
  security?: readonly object[];
  servers?: readonly { url: string }[] | undefined;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
type Method = (typeof METHODS)[number];

interface OpenApiDocument {
  servers: [{ url: string }];
  security?: readonly object[];
  tags?: { name: string; description?: string }[];
  paths: Record<
    string,
    Partial<Record<Method, RawOperation>> & Pick<RawOperation, "servers"> & { parameters?: Parameter[] }
  >;
  components: { schemas?: Record<string, Schema> };
}

/** An operation with all its parts, references resolved. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** In the document's order, the path's before the operation's own. */
  readonly parameters: readonly Parameter[];
  readonly body:
    | {
        readonly name: string;
        readonly type: string;
        readonly description: string;
        readonly required: boolean;
      }
    | undefined;
  readonly success: number;
  /** What a success returns: its kind, and its TypeScript type. */
  readonly returns: { readonly kind: "json" | "bytes" | "nothing"; readonly type: string };
  /** The server for this operation in production, if it has its own. */
  readonly server: string | undefined;
  readonly needsKeys: boolean;
  /** For a list paged by count and offset: the field that contains its rows, and their type. */
  readonly rows: { readonly field: string; readonly type: string } | undefined;
  readonly failures: readonly { readonly status: number; readonly description: string }[];
  /** Parameters and body fields that are strings of digits, such as an ICCID, and how many digits they have. */
  readonly digits: readonly (readonly [name: string, min: number, max: number])[];
}

export const documentUrl = new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
export const document: OpenApiDocument = JSON.parse(await readFile(documentUrl, "utf8"));

/** The target of a reference, or the node itself. */
function follow<Node extends { $ref?: string }>(node: Node): Node {
  if (!node.$ref) return node;
  const keys = node.$ref.slice("#/".length).split("/");
  const found = keys.reduce(
    (at, key) => (at as Record<string, unknown>)?.[key.replaceAll("~1", "/").replaceAll("~0", "~")],
    document as unknown,
  );
  if (!found) throw new Error(`${node.$ref} is not in the document`);
  return follow(found as Node);
}

/** Every operation, in the document's order. @throws naming an operation that this generator cannot turn into a method */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = item[method];
    return operation
      ? [read(method, path, { servers: item.servers, ...operation }, item.parameters ?? [])]
      : [];
  }),
);

function read(method: Method, path: string, raw: RawOperation, shared: readonly Parameter[]): Operation {
  const id = raw.operationId;
  const complain = (what: string): never => {
    throw new Error(`the contract, ${method.toUpperCase()} ${path}: ${what}`);
  };
  if (!/^[a-z]\w*$/i.test(id ?? "")) complain("operationId must be a valid identifier");
  const [tag] = raw.tags ?? [];
  if (!tag) complain("needs a tag, which decides the class it belongs to");
  const own = (raw.parameters ?? []).map(follow);
  const above = shared
    .map(follow)
    .filter((each) => !own.some((mine) => mine.name === each.name && mine.in === each.in));
  const parameters = [...above, ...own].map((each) => ({ ...each, schema: follow(each.schema) }));
  for (const name of path.match(/(?<=\{)[^}]+(?=\})/g) ?? [])
    if (!parameters.some((each) => each.in === "path" && each.name === name))
      complain(`path parameter ${name} is not declared`);

  const statuses = Object.entries(raw.responses).map(
    ([status, response]) => [Number(status), follow(response)] as const,
  );
  const [success, answer] =
    statuses.find(([status]) => status >= 200 && status < 300) ?? complain("has no success response");
  const schema = jsonSchema(answer);
  const [mediaType] = Object.keys(answer.content ?? {});
  if (mediaType && !schema && Object.keys(answer.content ?? {}).length > 1)
    complain("its success must be JSON or a single other media type");
  const request = raw.requestBody && follow(raw.requestBody);
  const bodySchema = request && (jsonSchema(request) ?? complain("its body must be JSON"));
  const bodyType = bodySchema && schemaType(bodySchema);

  return {
    id,
    method: method.toUpperCase(),
    path,
    tag: tag as string,
    summary: raw.summary ?? id,
    description: raw.description ?? "",
    parameters,
    body: request && {
      name: bodyType ? bodyType.charAt(0).toLowerCase() + bodyType.slice(1) : "body",
      type: bodyType ?? `NonNullable<operations["${id}"]["requestBody"]>["content"]["application/json"]`,
      description: request.description ?? "the request's body",
      required: request.required ?? false,
    },
    success,
    returns: schema
      ? { kind: "json", type: schemaType(schema) ?? `SuccessOf<"${id}">` }
      : mediaType
        ? { kind: "bytes", type: "Uint8Array" }
        : { kind: "nothing", type: "boolean" },
    server: raw.servers?.[0]?.url,
    needsKeys: (raw.security ?? document.security ?? []).length > 0,
    rows: schema && rowsOf(follow(schema), parameters),
    failures: statuses
      .filter(([status]) => status >= 400)
      .map(([status, { description = "" }]) => ({ status, description })),
    digits: [
      ...parameters.map(({ name, schema }) => [name, schema] as const),
      ...Object.entries(bodySchema ? (follow(bodySchema).properties ?? {}) : {}),
    ].flatMap(([name, each]) => {
      const range = digitsOf(follow(each));
      return range ? [[name, ...range] as const] : [];
    }),
  };
}

/** The type name of a referenced schema. */
function schemaType({ $ref }: Schema): string | undefined {
  const name = $ref?.split("/").at(-1);
  return name === undefined ? undefined : typeName(name);
}

function jsonSchema({ content }: Body): Schema | undefined {
  return content?.["application/json"]?.schema;
}

/** An operation is a list if it takes count and offset, and returns a total and exactly one array. */
function rowsOf({ properties = {} }: Schema, parameters: readonly Parameter[]): Operation["rows"] {
  const isPaged = ["count", "offset"].every((name) =>
    parameters.some((each) => each.in === "query" && each.name === name),
  );
  const lists = Object.entries(properties).filter(([, property]) => follow(property).type === "array");
  const [list] = lists;
  if (!isPaged || !list || lists.length > 1 || !("total" in properties)) return undefined;
  const [field, property] = list;
  const items = follow(property).items;
  const type = items && schemaType(items);
  return type === undefined ? undefined : { field, type };
}

/** The minimum and maximum length of a string that consists only of digits. */
function digitsOf({ type, pattern = "" }: Schema): [number, number] | undefined {
  const [, min, max = min] = /^\^\\d\{(\d+)(?:,(\d+))?\}\$$/.exec(pattern) ?? [];
  return type === "string" && min ? [Number(min), Number(max)] : undefined;
}
