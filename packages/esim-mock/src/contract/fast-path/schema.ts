import { Ajv, type ValidateFunction } from "ajv";
import type { Operation } from "../prism.ts";

/** Whether a value is certainly valid. A value it rejects may still be valid. */
export type IsPlain = (value: unknown) => boolean;

type Schema = Readonly<Record<string, unknown>>;

/** Prism's own settings for its validators of bodies and parameters, except that ours stop at the first error. */
const SETTINGS = {
  strict: false,
  allowUnionTypes: true,
  // `isPlain` below checks schemas itself: compiling the meta-schema takes longer than compiling all of a document's schemas.
  meta: false,
  validateSchema: false,
  logger: false,
  formats: { int64: { type: "number", validate: Number.isInteger } },
} as const;
const forBodies = new Ajv(SETTINGS);
const forParameters = new Ajv({ ...SETTINGS, coerceTypes: true });

const TYPES = new Set<unknown>(["array", "boolean", "integer", "null", "number", "object", "string"]);
const isAnything = () => true;
const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => Number.isFinite(value);
const isLength = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isType = (value: unknown) => TYPES.has(value);

/** Keywords with the same meaning in every dialect, which Prism does not rewrite before validating, and their valid values. */
const PLAIN_KEYWORDS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
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

/** Such as `x-assumption`, which validators ignore. */
const isExtension = (keyword: string) => keyword.startsWith("x-");

const DRAFT_7 = "http://json-schema.org/draft-07/schema#";

/** Prepares a check of bodies; undefined if only Prism can judge their schema. */
export function plainBody(schema: unknown, operation: Operation): IsPlain | undefined {
  return prepare(forBodies, schema, operation);
}

/** The same for the parameters of one place, whose values are text. */
export function plainParameters(schemas: Readonly<Record<string, unknown>>, required: readonly string[]) {
  const types = Object.values(schemas).map((schema) => Object(schema).type as unknown);
  if (!types.every((type) => SCALARS.has(type))) return undefined;
  return prepare(forParameters, { type: "object", properties: schemas, required }, {});
}

const SCALARS = new Set<unknown>(["string", "integer", "number", "boolean"]);

function prepare(ajv: Ajv, schema: unknown, operation: object): IsPlain | undefined {
  const bundle = "__bundled__" in operation ? operation.__bundled__ : undefined;
  const root = { ...Object(schema), __bundled__: bundle };
  if (!isPlain(schema, root, new Set())) return undefined;
  const validate = compile(ajv, root);
  // The validator would keep compiled schemas for ever, though they belong to one document.
  ajv.removeSchema(root);
  return validate && ((value) => validate(value));
}

/** Leaves a schema that cannot be compiled, such as one with an unknown type, to Prism. */
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
  const { $schema = DRAFT_7, $ref, format = "int64", properties = {}, items } = schema as Schema;
  const inner = [
    ...Object.values(Object(properties)),
    ...(items === undefined ? [] : [items]),
    ...($ref === undefined ? [] : [resolve(String($ref), root)]),
  ];
  return (
    $schema === DRAFT_7 &&
    format === "int64" &&
    Object.entries(schema).every(
      ([keyword, value]) => isExtension(keyword) || PLAIN_KEYWORDS.get(keyword)?.(value),
    ) &&
    inner.every((each) => isPlain(each, root, seen))
  );
}

function resolve(ref: string, root: Schema): unknown {
  const [start, ...keys] = ref.split("/");
  return start === "#" ? keys.reduce<unknown>((at, key) => Object(at)[key], root) : undefined;
}
