import { Ajv, type ValidateFunction } from "ajv";
import type { Operation } from "../prism.ts";

/** Whether a value is valid beyond doubt. What it says no to may still be valid. */
export type IsPlain = (value: unknown) => boolean;

type Schema = Readonly<Record<string, unknown>>;

/** How Prism sets up its validator, for bodies and for parameters, except that one error is enough. */
const settings = {
  strict: false,
  allowUnionTypes: true,
  logger: false,
  formats: { int64: { type: "number", validate: Number.isInteger } },
} as const;
const forBodies = new Ajv(settings);
const forParameters = new Ajv({ ...settings, coerceTypes: true });

/** Keywords that mean the same in every dialect, and that Prism does not rewrite before it validates. */
const plainKeywords = new Set(
  `$schema $ref type properties required items enum pattern minimum maximum minLength maxLength minItems maxItems format
  title description examples deprecated x-stoplight`.split(/\s+/),
);

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
    Object.keys(schema).every((keyword) => plainKeywords.has(keyword)) &&
    inner.every((each) => isPlain(each, root, seen))
  );
}

function resolve(ref: string, root: Schema): unknown {
  const [start, ...keys] = ref.split("/");
  return start === "#" ? keys.reduce<unknown>((at, key) => Object(at)[key], root) : undefined;
}
