import { Ajv, type ValidateFunction } from "ajv";
import type { Operation } from "../prism.ts";

/** Whether a value is valid beyond doubt. What it says no to may still be valid. */
export type IsPlain = (value: unknown) => boolean;

type Schema = Readonly<Record<string, unknown>>;

/** How Prism sets up its validator, for bodies and for parameters, except that one error is enough. */
const settings = {
  strict: false,
  allowUnionTypes: true,
  // That a schema is one is seen below: to compile the schema of schemas takes longer than to compile all of a document's.
  meta: false,
  validateSchema: false,
  logger: false,
  formats: { int64: { type: "number", validate: Number.isInteger } },
} as const;
const forBodies = new Ajv(settings);
const forParameters = new Ajv({ ...settings, coerceTypes: true });

const types = new Set<unknown>(["array", "boolean", "integer", "null", "number", "object", "string"]);
const isAnything = () => true;
const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => Number.isFinite(value);
const isLength = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isType = (value: unknown) => types.has(value);

/** Keywords that mean the same in every dialect, and that Prism does not rewrite before it validates; and what each can be. */
const plainKeywords: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ["type", (value) => (Array.isArray(value) ? value.length > 0 && value.every(isType) : isType(value))],
  ["properties", isObject],
  ["items", isObject],
  [
    "required",
    (value) => Array.isArray(value) && value.every(isText) && new Set(value).size === value.length,
  ],
  ["enum", (value) => Array.isArray(value) && value.length > 0],
  ...["$schema", "$ref", "format", "pattern", "contentMediaType"].map((name) => [name, isText] as const),
  ...["minimum", "maximum"].map((name) => [name, isNumber] as const),
  ...["minLength", "maxLength", "minItems", "maxItems"].map((name) => [name, isLength] as const),
  ...["title", "description", "examples", "deprecated", "default"].map((name) => [name, isAnything] as const),
]);

/** Such as `x-assumption`, which says nothing to a validator. */
const isExtension = (keyword: string) => keyword.startsWith("x-");

const draft7 = "http://json-schema.org/draft-07/schema#";

/** Prepares a check of bodies, or says that their schema is one for Prism alone. */
export function plainBody(schema: unknown, operation: Operation): IsPlain | undefined {
  return prepare(forBodies, schema, operation);
}

/** The same for the parameters of one place, of the type that they are written in: text. */
export function plainParameters(schemas: Readonly<Record<string, unknown>>, required: readonly string[]) {
  const types = Object.values(schemas).map((schema) => Object(schema).type as unknown);
  if (!types.every((type) => scalars.has(type))) return undefined;
  return prepare(forParameters, { type: "object", properties: schemas, required }, {});
}

const scalars = new Set<unknown>(["string", "integer", "number", "boolean"]);

function prepare(ajv: Ajv, schema: unknown, operation: object): IsPlain | undefined {
  const bundle = "__bundled__" in operation ? operation.__bundled__ : undefined;
  const root = { ...Object(schema), __bundled__: bundle };
  if (!isPlain(schema, root, new Set())) return undefined;
  const validate = compile(ajv, root);
  // What is compiled belongs to the document, and the validator would keep it for good.
  ajv.removeSchema(root);
  return validate && ((value) => validate(value));
}

/** What cannot be compiled, such as a type that there is not, is Prism's to judge. */
function compile(ajv: Ajv, schema: object): ValidateFunction | undefined {
  try {
    return ajv.compile(schema);
  } catch {
    return undefined;
  }
}

function isPlain(schema: unknown, root: Schema, seen: Set<unknown>): boolean {
  if (seen.has(schema)) return true;
  seen.add(schema);
  if (typeof schema !== "object" || schema === null) return false;
  const { $schema = draft7, $ref, format = "int64", properties = {}, items } = schema as Schema;
  const inner = [
    ...Object.values(Object(properties)),
    ...(items === undefined ? [] : [items]),
    ...($ref === undefined ? [] : [resolve(String($ref), root)]),
  ];
  return (
    $schema === draft7 &&
    format === "int64" &&
    Object.entries(schema).every(
      ([keyword, value]) => isExtension(keyword) || plainKeywords.get(keyword)?.(value),
    ) &&
    inner.every((each) => isPlain(each, root, seen))
  );
}

function resolve(ref: string, root: Schema): unknown {
  const [start, ...keys] = ref.split("/");
  return start === "#" ? keys.reduce<unknown>((at, key) => Object(at)[key], root) : undefined;
}
