import { isKept } from "../../http/json-text.ts";
import { byteText } from "../binary.ts";
import { isBinary } from "../media-type.ts";
import { memoizeByObject } from "../memoize.ts";
import type { Components, Operation, PrismResponse } from "../prism.ts";
import { type IsPlain, plainBody } from "./schema.ts";

type ValidateOutput = Components["validateOutput"];
type Response = Operation["responses"][number];

/** Skips Prism's validation for answers that are certainly valid. Prism judges and words all others. */
export function fastOutput(validateOutput: ValidateOutput): ValidateOutput {
  const checksOf = memoizeByObject(
    (operation: Operation) =>
      new Map(operation.responses.map((response) => [response.code, prepare(response, operation)])),
  );
  return (options) => {
    const { resource, element } = options;
    const isValid = checksOf(resource).get(String(element.statusCode));
    return isValid?.(element) ? { _tag: "Right", right: element } : validateOutput(options);
  };
}

function prepare(response: Response, operation: Operation): ((answer: PrismResponse) => boolean) | undefined {
  const isUnique = operation.responses.filter(({ code }) => code === response.code).length === 1;
  if (!isUnique || response.headers?.length) return undefined;
  const [only, other] = response.contents ?? [];
  if (!only) return () => true;
  if (other) return undefined;
  const isValid: IsPlain | undefined = plainBody(only.schema, operation);
  if (isBinary(only)) {
    return (
      isValid &&
      (({ headers = {}, body }) =>
        hasType(headers, only.mediaType) && Buffer.isBuffer(body) && isValid(byteText(body)))
    );
  }
  if (only.mediaType !== "application/json") return undefined;
  const isValidOnce = isValid && checkedOnce(isValid);
  return (
    isValidOnce &&
    (({ headers = {}, body }) =>
      hasType(headers, only.mediaType) && !Buffer.isBuffer(body) && isValidOnce(body))
  );
}

function hasType(headers: NonNullable<PrismResponse["headers"]>, type: string): boolean {
  const types = Object.keys(headers).filter((name) => name.toLowerCase() === "content-type");
  return types.length === 1 && types.every((name) => headers[name] === type);
}

/** Checks an immutable value only once. */
function checkedOnce(isValid: IsPlain): IsPlain {
  const valid = new WeakSet<object>();
  return (value) => {
    if (!isKept(value)) return isValid(value);
    if (valid.has(value)) return true;
    const result = isValid(value);
    if (result) valid.add(value);
    return result;
  };
}
