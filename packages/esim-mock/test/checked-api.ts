import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { document, operations } from "./documented-operations.ts";

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(document, "document");

/** Each operation with a pattern of its paths, those without parameters first. */
const routes = Object.entries(document.paths as Record<string, Record<string, { operationId?: string }>>)
  .sort(([one], [other]) => one.split("{").length - other.split("{").length)
  .map(([path, methods]) => ({ pattern: new RegExp(`^${path.replace(/{\w+}/g, "[^/]+")}$`), methods }));

/** The API for a user. Every answer is checked against the document: it must have the expected status and its schema. */
export function checkedApi(url: string, user = "user") {
  const keys = { "x-user-id": user, "x-api-key": "key" };
  const send = async (method: string, target: string, body?: unknown) => {
    const response = await fetch(url + target, {
      method,
      headers: { ...keys, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const found = { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    check(method, target, found);
    return found;
  };
  return {
    get: (target: string) => send("GET", target),
    post: (target: string, body?: unknown) => send("POST", target, body),
    put: (target: string, body: unknown) => send("PUT", target, body),
  };
}

function check(method: string, target: string, { status, body }: { status: number; body: unknown }): void {
  const path = target.split("?")[0] ?? "";
  const id = routes.find(({ pattern }) => pattern.test(path))?.methods[method.toLowerCase()]?.operationId;
  const responses = operations.find(({ operationId }) => operationId === id)?.responses ?? [];
  const response = responses.find((each) => each.status === status);
  expect(response, `${id} is not documented to answer ${status}: ${JSON.stringify(body)}`).toBeDefined();
  const validate = validatorOf(response?.schema);
  validate(body);
  expect(validate.errors ?? [], `${method} ${target}: ${JSON.stringify(body)?.slice(0, 300)}`).toEqual([]);
  if (response?.schema === undefined) expect(body).toBeUndefined();
}

const validators = new Map<string | undefined, ValidateFunction>();

/** Compiled once. */
function validatorOf(schema: string | undefined): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const validate = ajv.compile(schema === undefined ? true : { $ref: `document#${schema}` });
  validators.set(schema, validate);
  return validate;
}
