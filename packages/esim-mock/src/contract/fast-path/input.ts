import { UnreadableBody } from "../../http/unreadable-body.ts";
import { memoizeByObject } from "../memoize.ts";
import type { Operation, PrismRequest, ValidateInput } from "../prism.ts";
import { pathPattern } from "./path-pattern.ts";
import { plainBody, plainParameters } from "./schema.ts";

type Check = (request: PrismRequest) => boolean;
type Request = NonNullable<Operation["request"]>;

const never: Check = () => false;

/** Skips Prism's validation for requests that are certainly valid. Prism judges and words all others. */
export function fastInput(validateInput: ValidateInput): ValidateInput {
  const checkOf = memoizeByObject(prepare);
  return (options) =>
    checkOf(options.resource)(options.element)
      ? { _tag: "Right", right: options.element }
      : validateInput(options);
}

function prepare(operation: Operation): Check {
  const { request = {}, path } = operation;
  if (request.headers?.length) return never;
  const checks = [
    checkPath(path, request.path),
    checkQuery(request.query),
    checkBody(request.body, operation),
  ];
  return (element) => checks.every((check) => check(element));
}

function checkPath(template: string, parameters: Request["path"] = []): Check {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
  const isValid = checkParameters(parameters);
  if (!isValid) return never;
  // Characters that are literal in a path and have no meaning in a URI template.
  const matcher = pathPattern(template, "([\\w.~-]+)");
  return ({ url }) => {
    const found = matcher.exec(url.path);
    return found !== null && isValid(toRecord(names, found.slice(1)));
  };
}

function checkQuery(parameters: Request["query"] = []): Check {
  const isValid = checkParameters(parameters);
  if (!isValid) return never;
  const names = parameters.map(({ name }) => name);
  return ({ url: { query = {} } }) => {
    // To Prism names are case-insensitive, and an empty value is a missing one.
    if (Object.keys(query).some((name) => name !== name.toLowerCase())) return false;
    const given = names.filter((name) => query[name] !== undefined);
    const values = given.map((name) => query[name]);
    return (
      values.every((value) => typeof value === "string" && value !== "") && isValid(toRecord(given, values))
    );
  };
}

function checkParameters(parameters: NonNullable<Request["query"] | Request["path"]>) {
  const isPlain = parameters.every(
    ({ name, style, deprecated }) =>
      name === name.toLowerCase() && !deprecated && (style === "form" || style === "simple"),
  );
  if (!isPlain) return undefined;
  const schemas = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  return plainParameters(
    schemas,
    parameters.filter(({ required }) => required).map(({ name }) => name),
  );
}

function checkBody(body: Request["body"], operation: Operation): Check {
  if (!body) return (element) => element.body === undefined && element.headers?.["content-length"] === "0";
  const [only, other] = body.contents ?? [];
  if (!only || other || only.mediaType !== "application/json") return never;
  const isValid = plainBody(only.schema, operation);
  if (!isValid) return never;
  return ({ body: value, headers = {} }) =>
    isJson(headers["content-type"]) && Boolean(value) && !(value instanceof UnreadableBody) && isValid(value);
}

function isJson(type = ""): boolean {
  return type === "application/json" || type === "application/json; charset=utf-8";
}

function toRecord(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}
